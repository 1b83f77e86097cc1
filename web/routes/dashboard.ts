import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { monthOf } from '../../src/domain/calendar.ts';
import type { Core } from '../../src/usecases/core.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { listModules, type ModuleView } from '../../src/usecases/list-modules.ts';
import { listSyncs } from '../../src/usecases/list-syncs.ts';
import { prerequisites } from '../../src/usecases/prerequisites.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { listWidgets } from '../../src/usecases/widget-data.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { encodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { WebEnv } from '../deps.ts';
import { dashboardPage, type Figure } from '../pages/dashboard-page.ts';
import { createShow, type Show } from '../pages/show.ts';
import { type CardReader, createCardReader } from '../widgets/read-cards.ts';
import { ITEMS_PATH } from '../widgets/widget-pictures.ts';

/** The ICB tab. */
export function dashboardRoutes() {
  const readCard: CardReader = createCardReader();
  return new Hono<WebEnv>()
    .get('/dashboard', etag(), async (c) => {
      const { core, settings } = c.var.deps;
      const { locale } = settings;
      const show = createShow(settings, core.clock.now());
      const [modules, runs, definitions] = await Promise.all([
        listModules(core),
        listSyncs(core, { limit: 50 }),
        listWidgets(core),
      ]);
      const enabled = modules.filter((module) => module.enabled);
      const shown = definitions.filter((definition) => enabled.length > 0 || !usesModules(definition));
      const cards = await Promise.all(shown.map((each) => readCard({ log: core.log, ...c.var }, each)));
      return c.html(
        dashboardPage({
          viewer: c.var.viewer,
          show,
          locale,
          lastRun: runs.find((run) => !run.dryRun),
          everSynced: modules.some((module) => module.lastCountedAt !== undefined),
          figures: await readFigures(core, enabled, show),
          problems: enabled.flatMap((module) =>
            module.problem ? [`${module.name}: ${module.problem}`] : [],
          ),
          // Without a module there is little to show: cards that would only say "empty" stay away.
          cards: enabled.length > 0 ? cards : cards.filter(({ content }) => content.kind === 'figures'),
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

const usesModules = ({ groupBy, breakDownBy }: WidgetDefinition): boolean =>
  groupBy === 'module' || breakDownBy === 'module';

/** The line of figures above the widgets. */
async function readFigures(core: Core, enabled: readonly ModuleView[], show: Show): Promise<Figure[]> {
  const month = monthOf(core.clock.today());
  const unmapped = enabled.reduce((sum, module) => sum + module.organizations.unmapped, 0);
  const total = enabled.reduce((sum, module) => sum + module.organizations.total, 0);
  return [
    await itemsFigure(core, 'Pending', { status: 'pending' }, show),
    await itemsFigure(
      core,
      `Posted, ${show.month(month)}`,
      { status: 'posted', period: { from: month, to: month } },
      show,
    ),
    {
      name: 'Organizations mapped',
      value: `${show.units(total - unmapped)} of ${show.units(total)}`,
      note: unmapped > 0 ? `${show.units(unmapped)} to map: /icb map` : 'all decided',
    },
    {
      name: 'Modules enabled',
      value: show.units(enabled.length),
      note:
        enabled
          .map((module) => module.name)
          .slice(0, 3)
          .join(', ') || 'none',
    },
  ];
}

async function itemsFigure(core: Core, name: string, filter: BillingItemFilter, show: Show): Promise<Figure> {
  const { totals } = await listBillingItems(core, { filter, limit: 1 });
  const count = totals.reduce((sum, each) => sum + each.count, 0);
  return {
    name,
    value: totals.map((each) => show.money(each.amount, each.currency)).join(' + ') || '–',
    note: `${show.units(count)} billing ${count === 1 ? 'item' : 'items'}`,
    href: `${ITEMS_PATH}?${encodeBillingItemFilter(filter)}`,
  };
}
