import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** Rooms by path prefix; the longest prefix that fits names the room. */
const ROOMS = [
  'src/domain',
  'src/catalog',
  'src/matching',
  'src/billing',
  'src/usage-feed',
  'src/widgets',
  'src/ports',
  'src/sync',
  'src/usecases',
  'src/render',
  'src/auth',
  'src/adapters/http',
  'src/adapters/clock',
  'src/adapters/metrics-prometheus',
  'src/adapters/psa-autotask',
  'src/adapters/psa-local',
  'src/adapters/store-lowdb',
  'src/adapters/store-memory',
  'src/adapters/store-postgres',
  'src/adapters/usage/counting',
  'src/adapters/usage/datto-api',
  'src/adapters/usage/datto-bcdr',
  'src/adapters/usage/datto-endpoint-backup',
  'src/adapters/usage/datto-rmm',
  'src/adapters/usage/rocketcyber',
  'src/adapters/usage/saas-protection',
  'src/simulators/autotask',
  'src/simulators/datto-backup',
  'src/simulators/datto-rmm',
  'src/simulators/kit',
  'src/simulators/rocketcyber',
  'src/simulators/slack',
  'src/demo',
  'src',
  'bot',
  'web',
] as const;
type Room = (typeof ROOMS)[number];

const adapter: readonly Room[] = ['src/domain', 'src/ports', 'src/adapters/http'];
const usageSource: readonly Room[] = [...adapter, 'src/adapters/usage/counting'];
/** Modules of Datto's one API host. */
const dattoSource: readonly Room[] = [...usageSource, 'src/adapters/usage/datto-api'];
const EVERYTHING: readonly Room[] = ROOMS;

/** Who may import whom, besides itself (README, "The house"). `src` and `src/demo` are wiring. */
const MAY: Record<Room, readonly Room[]> = {
  'src/domain': [],
  'src/catalog': ['src/domain'],
  'src/matching': ['src/domain'],
  'src/billing': ['src/domain'],
  'src/usage-feed': ['src/domain'],
  'src/widgets': ['src/domain'],
  'src/ports': ['src/domain'],
  'src/sync': ['src/domain', 'src/billing', 'src/ports'],
  'src/usecases': [
    'src/domain',
    'src/catalog',
    'src/matching',
    'src/billing',
    'src/sync',
    'src/usage-feed',
    'src/widgets',
    'src/ports',
  ],
  'src/render': ['src/domain', 'src/ports'],
  'src/auth': ['src/domain'],
  'src/adapters/http': ['src/domain'],
  'src/adapters/clock': adapter,
  'src/adapters/metrics-prometheus': adapter,
  'src/adapters/psa-autotask': adapter,
  'src/adapters/psa-local': adapter,
  'src/adapters/store-lowdb': adapter,
  'src/adapters/store-memory': adapter,
  'src/adapters/store-postgres': adapter,
  'src/adapters/usage/counting': adapter,
  'src/adapters/usage/datto-api': usageSource,
  'src/adapters/usage/datto-bcdr': dattoSource,
  'src/adapters/usage/datto-endpoint-backup': dattoSource,
  'src/adapters/usage/datto-rmm': usageSource,
  'src/adapters/usage/rocketcyber': usageSource,
  'src/adapters/usage/saas-protection': dattoSource,
  'src/simulators/autotask': ['src/simulators/kit'],
  'src/simulators/datto-backup': ['src/simulators/kit'],
  'src/simulators/datto-rmm': ['src/simulators/kit'],
  'src/simulators/kit': [],
  'src/simulators/rocketcyber': ['src/simulators/kit'],
  'src/simulators/slack': [],
  'src/demo': EVERYTHING,
  src: EVERYTHING,
  bot: ['src/usecases', 'src/domain', 'src/auth', 'src/ports'],
  web: ['src/usecases', 'src/widgets', 'src/render', 'src/auth', 'src/domain'],
};

/** Libraries that only these rooms may touch, so that the core stays free of Slack, HTTP, files and charts. */
const LIBRARIES: readonly [RegExp, readonly Room[]][] = [
  [/^@slack\//, ['bot']],
  [/^(hono|@hono)\b/, ['web', 'src', ...ROOMS.filter((room) => room.startsWith('src/simulators/'))]],
  [/^(lowdb|proper-lockfile)\b/, ['src/adapters/store-lowdb']],
  [/^(kysely|pg)\b/, ['src/adapters/store-postgres']],
  [/^(vega|vega-lite|@resvg|tinypool)\b/, ['src/render']],
  [/^node-cron$/, ['src']],
  [/^prom-client$/, ['src/adapters/metrics-prometheus']],
  [/^pino$/, ['src']],
  [/^(ky|p-queue)\b/, ['src/adapters/http']],
  [/^(emulate|ws)$/, ['src/simulators/slack']],
];

/** Rooms that take values and return values. */
const PURE: readonly Room[] = [
  'src/domain',
  'src/catalog',
  'src/matching',
  'src/billing',
  'src/usage-feed',
  'src/widgets',
];
const IMPURE = /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bprocess\.|\bfetch\(|\bMath\.random\(/;

const roomOf = (file: string): Room | undefined =>
  ROOMS.filter((room) => file.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];

const files = ['src', 'bot', 'web'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n]*?(?:from\s*)?['"]([^'"]+)['"]|\}\s*from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
    ),
  ].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []);

test('the files of the house are found', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(importsOf('src/usecases/core.ts')).toContain('../ports/store.ts');
});

test('every room imports only the rooms it may', () => {
  const wrong = files.flatMap((file) => {
    const room = roomOf(file) as Room;
    return importsOf(file)
      .filter((target) => target.startsWith('.'))
      .flatMap((target) => {
        const found = relative(ROOT, resolve(ROOT, dirname(file), target));
        const there = roomOf(found);
        return there === undefined || there === room || MAY[room].includes(there)
          ? []
          : [`${file} → ${found}`];
      });
  });
  expect(wrong).toEqual([]);
});

test('libraries stay in their rooms', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap((target) =>
      LIBRARIES.some(([library, rooms]) => library.test(target) && !rooms.includes(roomOf(file) as Room))
        ? [`${file} → ${target}`]
        : [],
    ),
  );
  expect(wrong).toEqual([]);
});

test('the pure rooms use no clock, environment, network or chance', () => {
  const wrong = files.filter(
    (file) => PURE.includes(roomOf(file) as Room) && IMPURE.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect(wrong).toEqual([]);
});
