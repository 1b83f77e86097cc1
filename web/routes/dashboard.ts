import { Hono } from 'hono';
import { etag } from 'hono/etag';
import type { Role } from '../../src/domain/role.ts';
import { MOST_WIDGETS } from '../../src/domain/tab.ts';
import type { Core } from '../../src/usecases/core.ts';
import { listModules, type ModuleView } from '../../src/usecases/list-modules.ts';
import { listSyncs } from '../../src/usecases/list-syncs.ts';
import { readNames } from '../../src/usecases/names.ts';
import { prerequisites } from '../../src/usecases/prerequisites.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { listTabs, seesTab, type TabView } from '../../src/usecases/tabs.ts';
import { listWidgets } from '../../src/usecases/widget-data.ts';
import { libraryWidgets } from '../../src/widgets/library-widgets.ts';
import { narrowDefinition } from '../../src/widgets/narrow-definition.ts';
import { findReadyWidget } from '../../src/widgets/ready-widgets.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { WebDeps, WebEnv } from '../deps.ts';
import { readLeakageCard } from '../leakage/read-leakage-card.ts';
import { dashboardPage } from '../pages/dashboard-page.ts';
import { createShow } from '../pages/show.ts';
import type { WidgetCard } from '../pages/widget-card.ts';
import { emptyWords } from '../widgets/empty-words.ts';
import { type CardReader, createCardReader } from '../widgets/read-cards.ts';
import { readFigures } from '../widgets/read-figures.ts';
import { takesRow } from '../widgets/widget-pictures.ts';

/** The ICB tab. */
export function dashboardRoutes() {
  const readCard: CardReader = createCardReader();
  return new Hono<WebEnv>()
    .get('/dashboard', etag(), async (c) => {
      const { core, settings } = c.var.deps;
      const { locale } = settings;
      const show = createShow(settings, core.clock.now());
      const [modules, runs, tabs] = await Promise.all([
        listModules(core),
        listSyncs(core, { limit: 50 }),
        tabsFor(core, c.var.viewer.role),
      ]);
      const tab = tabs.find((each) => each.id === c.req.query('tab')) ?? tabs[0];
      const definitions = await shownOn(core, tab);
      const enabled = modules.filter((module) => module.enabled);
      const shown = definitions.filter((definition) => enabled.length > 0 || !usesModules(definition));
      const names = await readNames(core);
      const today = core.clock.today();
      const words = (of: WidgetDefinition): string => emptyWords(of, { names, show, today });
      const cards = await Promise.all(
        shown.map(async (each) => {
          const wanted = tab?.sizes[each.id];
          const size = wanted && (wanted === 'row' ? ('row' as const) : ('card' as const));
          const card = await readCard({ log: core.log, ...c.var, size, emptyWords: words }, each);
          return wanted ? { ...card, full: wanted === 'row' } : card;
        }),
      );
      const visible = enabled.length > 0 ? cards : cards.filter(({ content }) => content.kind === 'figures');
      return c.html(
        dashboardPage({
          viewer: c.var.viewer,
          show,
          locale,
          lastRun: runs.find((run) => !run.dryRun),
          everSynced: modules.some((module) => module.lastCountedAt !== undefined),
          figures: await readFigures(core, enabled, show),
          leakage: await readLeakageCard(core, show),
          problems: [...enabled.flatMap(problemOf), ...slackProblem(c.var.deps)],
          // Without a module there is little to show: cards that would only say "empty" stay away.
          // Where people placed them, they stay.
          cards: tab?.ready ? arranged(visible) : visible,
          tabs: tabs.map(({ id, name, group }) => ({ id, name, group, current: id === tab?.id })),
          ...(tab && !tab.ready && { editable: tab.id }),
          steps: enabled.length === 0 ? await prerequisites(core) : undefined,
        }),
      );
    })
    .post('/dashboard/sync', async (c) => {
      const { core } = c.var.deps;
      const { id, finished } = await startSync(core, { trigger: 'web', by: c.var.viewer.actor });
      finished.catch((err: unknown) => core.log.error({ err, run: id }, 'sync run broke off'));
      return c.redirect('/dashboard', 303);
    });
}

const tabsFor = async (core: Core, role: Role): Promise<readonly TabView[]> =>
  (await listTabs(core)).filter((tab) => seesTab(tab, role));

/** The ready tab also shows widgets that stand on no tab yet; else nobody would find them. */
async function shownOn(core: Core, tab: TabView | undefined): Promise<readonly WidgetDefinition[]> {
  const all = await listWidgets(core);
  if (!tab) return [];
  if (tab.ready) {
    const placed = new Set(
      (await listTabs(core)).filter((each) => !each.ready).flatMap((each) => each.widgets),
    );
    // Leakage has a card of its own; its ready widgets are for other tabs and for embeds.
    const hidden = (id: string) => findReadyWidget(id)?.entity === 'leakage';
    return all
      .filter(({ id }) => tab.widgets.includes(id) || !(placed.has(id) || hidden(id)))
      .slice(0, MOST_WIDGETS);
  }
  const byId = new Map([...libraryWidgets, ...all].map((definition) => [definition.id, definition]));
  return tab.widgets.flatMap((id) => {
    const definition = byId.get(id);
    return definition ? [narrowDefinition(definition, tab.filters)] : [];
  });
}

/** Most sentences name their module already. */
const problemOf = ({ name, problem }: ModuleView): string[] =>
  problem ? [problem.includes(name) ? problem : `${name}: ${problem}`] : [];

const usesModules = ({ groupBy, breakDownBy }: WidgetDefinition): boolean =>
  groupBy === 'module' || breakDownBy === 'module';

/** Cards that take a row come after a pair of narrow ones, so that no row is left half empty before them. */
function arranged(cards: readonly WidgetCard[]): WidgetCard[] {
  const rows: WidgetCard[][] = [];
  let half: WidgetCard[] | undefined;
  for (const card of cards) {
    if (takesRow(card.definition)) rows.push([card]);
    else if (half) {
      half.push(card);
      half = undefined;
    } else {
      half = [card];
      rows.push(half);
    }
  }
  return rows.flat();
}

/** People who hear of nothing in Slack are to see it here. */
const slackProblem = ({ slackState }: Pick<WebDeps, 'slackState'>): string[] => {
  const { problem } = slackState?.() ?? {};
  return problem ? [problem] : [];
};
