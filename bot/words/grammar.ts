import { nearestWord } from './nearest-word.ts';
import { VERB_NAMES, VERBS, type VerbName } from './verbs.ts';

export type Command =
  | { readonly verb: 'menu' }
  | { readonly verb: 'help'; readonly topic?: VerbName }
  | { readonly verb: 'enable'; readonly module?: string }
  | { readonly verb: 'disable'; readonly module?: string }
  | { readonly verb: 'sync'; readonly mode: 'now' | 'preview' | 'status' }
  | { readonly verb: 'plan'; readonly part?: 'leakage'; readonly as?: 'csv' }
  | { readonly verb: 'items'; readonly as?: 'csv' }
  | { readonly verb: 'log'; readonly as?: 'csv' }
  | { readonly verb: 'map'; readonly filter?: string }
  | { readonly verb: 'services'; readonly organization?: string }
  | { readonly verb: 'explain'; readonly id?: string }
  | { [V in LoneVerb]: { readonly verb: V } }[LoneVerb];

type LoneVerb = 'settings' | 'post' | 'dashboard' | 'setup' | 'widgets' | 'undo';

/**
 * `offer` is the text after `/icb` that was probably meant: a button runs it. `example` is one that works, of the command
 * that was meant as far as anybody can tell.
 */
export type Parsed =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: string; readonly offer?: string; readonly example: string };

type Reader = (argument: string) => Parsed;

const understood = (command: Command): Parsed => ({ ok: true, command });
const refused = (problem: string, offer?: string): Parsed => ({
  ok: false,
  problem,
  example: VERBS[verbOf(offer?.split(' ')[0] ?? '') ?? 'help'].example,
  ...(offer === undefined ? {} : { offer }),
});

const alone =
  (verb: LoneVerb): Reader =>
  (argument) =>
    argument === ''
      ? understood({ verb })
      : refused(`“${verb}” stands alone; I don't know what to do with “${argument}”.`, verb);

const SYNC_WORDS = ['now', 'preview', 'status'] as const;

function readSync(argument: string): Parsed {
  const word = plainWord(argument);
  if (word === '') return understood({ verb: 'sync', mode: 'status' });
  const mode = SYNC_WORDS.find((one) => one === word) ?? (word === 'dry-run' ? 'preview' : undefined);
  if (mode) return understood({ verb: 'sync', mode });
  const near = nearestWord(word, SYNC_WORDS);
  return refused(
    `I don't know “sync ${argument}”. It is “sync now” or “sync preview”.`,
    near && `sync ${near}`,
  );
}

/** `csv` or `--csv` at the end asks for a file; `rest` is what stands before it. */
function readAs(argument: string): { readonly rest: string; readonly as: { readonly as?: 'csv' } } {
  const words = straighten(argument)
    .toLowerCase()
    .split(' ')
    .flatMap((word) => word.replace(/^-+/, '') || []);
  const csv = words.at(-1) === 'csv';
  return { rest: (csv ? words.slice(0, -1) : words).join(' '), as: csv ? { as: 'csv' } : {} };
}

/** A list that can be had as a file too. */
const list =
  (verb: 'items' | 'log'): Reader =>
  (argument) => {
    const { rest, as } = readAs(argument);
    return rest === ''
      ? understood({ verb, ...as })
      : refused(`I don't know “${verb} ${argument}”. It is “${verb}” or “${verb} csv”.`, verb);
  };

const LEAKAGE_WORDS = ['leakage', 'leak', 'leaks', 'unbilled'];

function readPlan(argument: string): Parsed {
  const { rest, as } = readAs(argument);
  if (rest === '') return understood({ verb: 'plan', ...as });
  if (LEAKAGE_WORDS.includes(rest)) return understood({ verb: 'plan', part: 'leakage', ...as });
  return refused(
    `I don't know “plan ${argument}”. It is “plan” or “plan leakage”, with “csv” behind it for a file.`,
    nearestWord(rest, LEAKAGE_WORDS) ? 'plan leakage' : 'plan',
  );
}

function readHelp(argument: string): Parsed {
  const word = plainWord(argument);
  if (word === '') return understood({ verb: 'help' });
  const topic = verbOf(word);
  if (topic) return understood({ verb: 'help', topic });
  const near = nearestVerb(word);
  return refused(`There is no command “${argument}”.`, near ? `help ${near}` : 'help');
}

const READERS: Readonly<Record<VerbName, Reader>> = {
  help: readHelp,
  setup: alone('setup'),
  enable: (module) => understood({ verb: 'enable', ...(module && { module }) }),
  disable: (module) => understood({ verb: 'disable', ...(module && { module }) }),
  map: (filter) => understood({ verb: 'map', ...(filter && { filter }) }),
  services: (organization) => understood({ verb: 'services', ...(organization && { organization }) }),
  sync: readSync,
  plan: readPlan,
  items: list('items'),
  post: alone('post'),
  explain: (id) => understood({ verb: 'explain', ...(id && { id }) }),
  dashboard: alone('dashboard'),
  widgets: alone('widgets'),
  settings: alone('settings'),
  log: list('log'),
  undo: alone('undo'),
};

/** Reads what stands after `/icb`. Pure; never throws. */
export function parseCommand(raw: string): Parsed {
  const typed = unquote(tidy(raw));
  if (typed === '') return understood({ verb: 'menu' });
  const [first = '', ...rest] = typed.split(' ');
  const argument = unquote(rest.join(' '));
  const word = straighten(first)
    .toLowerCase()
    .replace(/^[-/]+|[.!,:;]+$/g, '');
  const verb = verbOf(word);
  if (verb) return ofVerb(verb, READERS[verb](argument));
  if (LEAKAGE_WORDS.includes(word)) return refused(`“${first}” belongs to “plan”.`, 'plan leakage');
  const near = nearestVerb(word);
  return refused(`I don't know “${first}”.`, near && [near, argument].filter(Boolean).join(' '));
}

/** Whoever got the verb right sees how that very verb is used. */
const ofVerb = (verb: VerbName, parsed: Parsed): Parsed =>
  parsed.ok ? parsed : { ...parsed, example: VERBS[verb].example };

const verbOf = (word: string): VerbName | undefined =>
  VERB_NAMES.find((name) => name === word || (VERBS[name].aliases as readonly string[]).includes(word));

const ALL_WORDS: readonly string[] = VERB_NAMES.flatMap((name) => [name, ...VERBS[name].aliases]);

const nearestVerb = (word: string): VerbName | undefined => {
  const near = nearestWord(word, VERB_NAMES) ?? nearestWord(word, ALL_WORDS);
  return near === undefined ? undefined : verbOf(near);
};

/** Curly quotes and long dashes as a keyboard types them: Slack and phones change them on the way. */
export const straighten = (text: string): string =>
  text
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/[–—−]/g, '-');

/** Undoes what Slack adds: entities, `<@U1|alex>` mentions, linked addresses, odd spaces. */
const tidy = (raw: string): string =>
  raw
    .replace(/<[@#!][^|>]*\|([^>]*)>/g, '$1')
    .replace(/<([^|>]+)\|([^>]+)>/g, '$2')
    .replace(/<((?:https?|mailto):[^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

/** Without the quotes around the whole, and what a sentence ends with behind them. */
const unquote = (text: string): string => {
  const isQuoted = /^["'].+["'][.,;:!?]*$/.test(straighten(text));
  return isQuoted
    ? text
        .replace(/[.,;:!?]+$/, '')
        .slice(1, -1)
        .trim()
    : text;
};

/** A word that chooses something, however it was typed: `Now`, `--now`, `– now`. */
const plainWord = (text: string): string =>
  straighten(text)
    .toLowerCase()
    .replace(/^[-\s]+/, '');
