import { describe, expect, test } from 'vitest';
import { type Command, parseCommand } from '../../bot/words/grammar.ts';
import { VERB_NAMES, VERBS } from '../../bot/words/verbs.ts';

describe('understood', () => {
  const rows: readonly [string, Command][] = [
    ['', { verb: 'menu' }],
    ['   ', { verb: 'menu' }],
    ['help', { verb: 'help' }],
    ['HELP Map', { verb: 'help', topic: 'map' }],
    ['?', { verb: 'help' }],
    ['enable', { verb: 'enable' }],
    ['Enable  Datto   RMM', { verb: 'enable', module: 'Datto RMM' }],
    ['disable datto-rmm', { verb: 'disable', module: 'datto-rmm' }],
    ['sync', { verb: 'sync', mode: 'status' }],
    ['sync now', { verb: 'sync', mode: 'now' }],
    ['Sync NOW', { verb: 'sync', mode: 'now' }],
    ['sync —now', { verb: 'sync', mode: 'now' }],
    ['sync preview', { verb: 'sync', mode: 'preview' }],
    ['sync --dry-run', { verb: 'sync', mode: 'preview' }],
    ['map', { verb: 'map' }],
    ['map “Daily Mail”', { verb: 'map', filter: 'Daily Mail' }],
    ["map 'Daily Mail'", { verb: 'map', filter: 'Daily Mail' }],
    ['map Smith &amp; Sons &lt;UK&gt;', { verb: 'map', filter: 'Smith & Sons <UK>' }],
    ['map <http://daily.example|daily.example>', { verb: 'map', filter: 'daily.example' }],
    ['services <@U123|alex> Ltd', { verb: 'services', organization: 'alex Ltd' }],
    ['services <#C123|plumbers>', { verb: 'services', organization: 'plumbers' }],
    ['services Dunder’s Mill', { verb: 'services', organization: 'Dunder’s Mill' }],
    ['service Daily Mail', { verb: 'services', organization: 'Daily Mail' }],
    ['plan', { verb: 'plan' }],
    ['plan.', { verb: 'plan' }],
    ['/plan', { verb: 'plan' }],
    ['plan leakage', { verb: 'plan', part: 'leakage' }],
    ['Preview Leaks', { verb: 'plan', part: 'leakage' }],
    ['items', { verb: 'items' }],
    ['items csv', { verb: 'items', as: 'csv' }],
    ['plan --csv', { verb: 'plan', as: 'csv' }],
    ['plan leakage —csv', { verb: 'plan', part: 'leakage', as: 'csv' }],
    ['approve', { verb: 'post' }],
    ['explain bi_1', { verb: 'explain', id: 'bi_1' }],
    ['explain', { verb: 'explain' }],
    ['disable', { verb: 'disable' }],
    ['dashboard', { verb: 'dashboard' }],
    ['log', { verb: 'log' }],
    ['log csv', { verb: 'log', as: 'csv' }],
    ['log —CSV', { verb: 'log', as: 'csv' }],
    ['setup', { verb: 'setup' }],
    ['widgets', { verb: 'widgets' }],
    ['undo', { verb: 'undo' }],
    ['“sync now”', { verb: 'sync', mode: 'now' }],
    ['sync – now', { verb: 'sync', mode: 'now' }],
    ['help —map', { verb: 'help', topic: 'map' }],
    ['map “Daily Mail”.', { verb: 'map', filter: 'Daily Mail' }],
    ['‘map Tom’s Diner’', { verb: 'map', filter: 'Tom’s Diner' }],
  ];
  test.each(rows)('%j', (typed, command) => {
    expect(parseCommand(typed)).toEqual({ ok: true, command });
  });
});

describe('not understood: quotes the word and offers what was probably meant', () => {
  test.each([
    ['hlep', 'hlep', 'help'],
    ['enabel Datto RMM', 'enabel', 'enable Datto RMM'],
    ['sycn now', 'sycn', 'sync now'],
    ['dash', 'dash', 'dashboard'],
    ['mapp Daily Mail', 'mapp', 'map Daily Mail'],
    ['sync nwo', 'nwo', 'sync now'],
    ['plan everything', 'everything', 'plan'],
    ['plan leakge', 'leakge', 'plan leakage'],
    ['items cvs', 'cvs', 'items'],
    ['leakage', 'leakage', 'plan leakage'],
    ['help mpa', 'mpa', 'help map'],
  ])('%j', (typed, quoted, offer) => {
    const parsed = parseCommand(typed);
    expect(parsed).toMatchObject({ ok: false, offer });
    expect(parsed.ok ? '' : parsed.problem).toContain(quoted);
  });

  test.each(['xyzzy', '<!channel>', '🦄', 'qqqqqqqqqqqqqqq now'])('%j is like nothing we know', (typed) => {
    expect(parseCommand(typed)).not.toHaveProperty('offer');
  });
});

describe('what is wrong with a command is quoted, with one example of that command that works', () => {
  const wrong: Readonly<Record<(typeof VERB_NAMES)[number], readonly string[]>> = {
    help: ['help “nothing”', 'help qqqqqqqq'],
    setup: ['setup everything'],
    // Any name may follow: what is not known is told with the nearest names, by the use case.
    enable: [],
    disable: [],
    map: [],
    services: [],
    sync: ['sync tomorrow', 'sync —dry-rum'],
    plan: ['plan “b”'],
    items: ['items all'],
    post: ['post march'],
    explain: [],
    dashboard: ['dashboard mine'],
    widgets: ['widgets mine'],
    log: ['log yesterday'],
    settings: ['settings mine'],
    undo: ['undo everything'],
  };
  test.each(VERB_NAMES.flatMap((verb) => wrong[verb].map((typed) => [typed, verb] as const)))(
    '%s',
    (typed, verb) => {
      const parsed = parseCommand(typed);
      if (parsed.ok) throw new Error('was understood');
      const word = (typed.split(' ')[1] ?? typed).replace(/[“”]/g, '');
      expect(parsed.problem).toContain(word);
      const example = parseCommand(parsed.example);
      expect(example.ok && example.command.verb).toBe(verb);
    },
  );
});

test('every usage and example in the table is understood as its own verb', () => {
  for (const name of VERB_NAMES) {
    const parsed = parseCommand(VERBS[name].example);
    expect(parsed.ok && parsed.command.verb).toBe(name);
    for (const alias of VERBS[name].aliases) {
      const other = parseCommand(`${alias} x`);
      if (other.ok) expect(other.command.verb).toBe(name);
    }
  }
});

test('no alias belongs to two verbs', () => {
  const all = VERB_NAMES.flatMap((name) => [name, ...VERBS[name].aliases]);
  expect(new Set(all).size).toBe(all.length);
});
