import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { prometheusMeter } from '../../src/adapters/metrics-prometheus/prometheus-meter.ts';
import { DEFAULT_RETENTION, type ThinnedKind } from '../../src/domain/retention.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const doc = read('docs/operations.md');
const unique = (words: readonly string[]): string[] => [...new Set(words)].sort();
const all = (pattern: RegExp, text: string): string[] =>
  unique([...text.matchAll(pattern)].map((match) => match[1] ?? match[0]));

/** What stands in code: in blocks, and between backticks. */
const code = [
  ...[...doc.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, block]) => block ?? ''),
  ...[...doc.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? ''),
]
  .join('\n')
  .replaceAll(/^\s*# .*$/gm, '');

describe('settings', () => {
  const SETTING =
    /\b((?:ICB|SLACK|AUTOTASK|DATTO_RMM|DATTO_BCDR|SAAS_PROTECTION|ROCKETCYBER|DATABASE)_[A-Z_]+)\b/g;
  const config = read('src/config.ts') + read('src/operations-settings.ts');
  const known = all(/^ {2}([A-Z][A-Z_]+):/gm, config);

  test('each one the doc names is read by icb and told of in .env.example', () => {
    const named = all(SETTING, doc);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect(named.filter((name) => !read('.env.example').includes(`${name}=`))).toEqual([]);
  });

  test('each one of .env.example is read by icb', () => {
    const offered = all(/^#?([A-Z][A-Z_]+)=/gm, read('.env.example'));
    expect(offered.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('what is kept how long, as the table says', () => {
    const kinds: Record<string, ThinnedKind> = {
      ICB_KEEP_COUNTS: 'counts',
      ICB_KEEP_DEVICES: 'devices',
      ICB_KEEP_QUIET_ACTIVITY: 'quiet-activity',
      ICB_KEEP_ACTIVITY: 'activity',
      ICB_KEEP_UNIT_CHANGES: 'unit-changes',
    };
    const rows = [...doc.matchAll(/\| `(ICB_KEEP_\w+)` \| (\d+) \|/g)].map(([, name, months]) => [
      kinds[name ?? ''],
      Number(months),
    ]);
    expect(Object.fromEntries(rows)).toEqual(DEFAULT_RETENTION);
  });
});

test('each command exists, with its words and options', () => {
  const help = execFileSync(process.execPath, ['src/cli.ts', '--help'], { cwd: ROOT, encoding: 'utf8' });
  const offered = all(/^ {2}([a-z-]+)(?: |$)/gm, help.slice(help.indexOf('Commands:')));
  const sources = ['src/cli.ts', ...readdirSync(join(ROOT, 'src/cli')).map((name) => `src/cli/${name}`)]
    .map(read)
    .join('\n');
  const lines = code.match(/(?:(?<!\/)\bicb|src\/cli\.ts|run icb --) [a-z][a-z-]*[^|`\n)]*/g) ?? [];
  const commands = lines.map((line) => line.replace(/^(?:icb|src\/cli\.ts|run icb --) /, '').split(/\s+/));
  const named = unique(commands.map(([command]) => command ?? '')).filter((word) => !NO_COMMANDS.has(word));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((command) => !offered.includes(command))).toEqual([]);
  const words = commands.flatMap(([command, word]) =>
    command === 'embed-link' && word && /^[a-z]+$/.test(word) ? [word] : [],
  );
  expect(words.filter((word) => !sources.includes(`.command('${word}`))).toEqual([]);
  const options = commands.filter(([first]) => named.includes(first ?? '')).flat();
  const flags = unique(options.filter((each) => /^--[a-z]/.test(each)));
  expect(flags.length).toBeGreaterThan(1);
  expect(flags.filter((flag) => !sources.includes(`'${flag}`))).toEqual([]);
});

/** `docker run … icb node …`, `-t icb .`, `chown icb …` and the like. */
const NO_COMMANDS = new Set(['node', 'icb', 'cd']);

test('each metric is there, and each there is is told of', async () => {
  const gauges = async () => ({ heldLines: 0, pending: [], unitChanges: [], runsUnderWay: 0, revision: 0 });
  const text = await prometheusMeter({ version: '1.0.0', gauges, failed: () => {} }).text();
  const there = all(/^# HELP (icb_\w+)/gm, text);
  const named = all(/\b(icb_[a-z_]+)\b/g, doc).map((name) => name.replace(/_(bucket|count|sum)$/, ''));
  expect(unique(named)).toEqual(there);
});

test('each file it leads to is there, and each heading', () => {
  const links = all(/\]\((\.\.?\/[^)]+|#[^)]+)\)/g, doc);
  expect(links.length).toBeGreaterThan(10);
  const headings = all(/^#+ (.+)$/gm, doc).map(
    (heading) =>
      `#${heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-')}`,
  );
  const dead = links.filter((link) =>
    link.startsWith('#') ? !headings.includes(link) : !existsSync(join(ROOT, 'docs', link)),
  );
  expect(dead).toEqual([]);
});

describe('the container file', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, from]) =>
    (from ?? '').split(' '),
  );
  /** Every file that `start` leads to, and every package. */
  const reached = (start: string) => {
    const files = new Set<string>([start]);
    const packages = new Set<string>();
    for (const file of files) {
      if (!file.endsWith('.ts')) continue;
      for (const [, target = ''] of read(file).matchAll(
        /^(?:(?:import|export)(?! type)\b[^'"\n]* from |import |\} from |.*\bimport\()['"]([^'"]+)['"]/gm,
      )) {
        if (target.startsWith('.')) files.add(relative(ROOT, resolve(ROOT, dirname(file), target)));
        else if (!target.startsWith('node:'))
          packages.add(
            target
              .split('/')
              .slice(0, target.startsWith('@') ? 2 : 1)
              .join('/'),
          );
      }
    }
    return { files: [...files], packages: [...packages] };
  };

  test('copies all that icb and its command line lead to', () => {
    expect(copied.filter((from) => !existsSync(join(ROOT, from)))).toEqual([]);
    const files = ['src/main.ts', 'src/cli.ts'].flatMap((start) => reached(start).files);
    expect(files.length).toBeGreaterThan(300);
    const missing = files.filter(
      (file) => !copied.some((from) => file === from || file.startsWith(`${from}/`)),
    );
    expect(missing).toEqual([]);
  });

  test('needs no package that only the tests have', () => {
    const { packages } = reached('src/main.ts');
    expect(packages).toContain('hono');
    expect(packages.filter((name) => !(name in packageFile.dependencies))).toEqual([]);
  });
});
