import { monthOf } from '../../src/domain/calendar.ts';
import type { Core } from '../../src/usecases/core.ts';
import { heldLines } from '../../src/usecases/held-lines.ts';
import { totalBillingItems } from '../../src/usecases/list-billing-items.ts';
import type { ModuleView } from '../../src/usecases/list-modules.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { encodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import type { Figure } from '../pages/dashboard-page.ts';
import type { Show } from '../pages/show.ts';
import { planHref } from '../plan/plan-query.ts';
import { ITEMS_PATH } from './widget-pictures.ts';

/** The line of figures above the widgets. */
export async function readFigures(core: Core, enabled: readonly ModuleView[], show: Show): Promise<Figure[]> {
  const month = monthOf(core.clock.today());
  const thisMonth = { status: 'posted' as const, period: { from: month, to: month } };
  const [pending, posted, held] = await Promise.all([
    itemsFigure(core, 'Pending', { status: 'pending' }, show),
    itemsFigure(core, `Posted, ${show.month(month)}`, thisMonth, show),
    heldFigure(core, show),
  ]);
  return [...held, pending, posted, mappedFigure(enabled, show), modulesFigure(enabled, show)];
}

/** Only while something waits for a person. */
async function heldFigure(core: Core, show: Show): Promise<Figure[]> {
  const held = (await heldLines(core)).length;
  if (held === 0) return [];
  return [
    {
      name: 'Waiting for you',
      value: `${show.units(held)} ${held === 1 ? 'count' : 'counts'} held`,
      note: 'approve or exclude in the plan',
      href: planHref({ action: 'held' }),
    },
  ];
}

async function itemsFigure(core: Core, name: string, filter: BillingItemFilter, show: Show): Promise<Figure> {
  const totals = await totalBillingItems(core, filter);
  const count = totals.reduce((sum, each) => sum + each.count, 0);
  return {
    name,
    value: totals.map((each) => show.money(each.amount, each.currency)).join(' + ') || '–',
    note: `${show.units(count)} billing ${count === 1 ? 'item' : 'items'}`,
    href: `${ITEMS_PATH}?${encodeBillingItemFilter(filter)}`,
  };
}

function mappedFigure(enabled: readonly ModuleView[], show: Show): Figure {
  const unmapped = enabled.reduce((sum, module) => sum + module.organizations.unmapped, 0);
  const total = enabled.reduce((sum, module) => sum + module.organizations.total, 0);
  return {
    name: 'Module organizations decided',
    value: `${show.units(total - unmapped)} of ${show.units(total)}`,
    note: unmapped > 0 ? `${show.units(unmapped)} unmapped: /icb map` : 'none unmapped',
  };
}

function modulesFigure(enabled: readonly ModuleView[], show: Show): Figure {
  const names = enabled.slice(0, 2).map((module) => module.name);
  const more = enabled.length - names.length;
  return {
    name: 'Modules enabled',
    value: show.units(enabled.length),
    note: [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ') || 'none',
  };
}
