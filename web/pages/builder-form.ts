import { html } from 'hono/html';
import type { FilterChoices } from '../../src/usecases/filter-choices.ts';
import {
  AGGREGATE_LABELS,
  CHART_LABELS,
  ENTITY_LABELS,
  PERIOD_LABELS,
} from '../../src/widgets/choice-labels.ts';
import { dimensions } from '../../src/widgets/heading.ts';
import { measureLabels } from '../../src/widgets/measure.ts';
import { offers, type Shape, type ShapeField } from '../../src/widgets/settle-definition.ts';
import { type Dimension, isDate } from '../../src/widgets/widget-definition.ts';
import { controlOf } from '../builder/draft-fields.ts';
import { type BuilderDraft, shapeOf } from '../builder/read-draft.ts';
import { conditionLists, conditionRows } from './builder-conditions.ts';
import {
  type Choice,
  monthField,
  numberField,
  selectField,
  textField,
  type Wrong,
} from './builder-controls.ts';
import type { Html } from './html.ts';

const NAMES = {
  entity: 'billing items',
  chart: 'chart',
  field: 'measure',
  aggregate: 'how it is summed up',
  groupBy: 'grouping',
  breakDownBy: 'break-down',
} satisfies Record<ShapeField, string>;

const LABELS = {
  entity: (value) => ENTITY_LABELS[value],
  chart: (value) => CHART_LABELS[value],
  field: (value) => measureLabels[value],
  aggregate: (value) => AGGREGATE_LABELS[value],
  groupBy: (value) => dimensions[value].title,
  breakDownBy: (value) => (value === '' ? 'Nothing' : dimensions[value].title),
} satisfies { [K in ShapeField]: (value: Shape[K]) => string };

/** What goes with everything chosen first, then what brings another change along, said so. */
function shapeChoices<K extends ShapeField>(shape: Shape, field: K): Choice[] {
  const label = LABELS[field] as (value: Shape[K]) => string;
  return offers(shape, field)
    .map(({ value, follows }) => ({
      value,
      text: label(value),
      under:
        follows.length > 0
          ? `Also changes the ${follows.map((each) => NAMES[each]).join(' and ')}`
          : undefined,
    }))
    .toSorted((a, b) => Number(a.under !== undefined) - Number(b.under !== undefined));
}

const choices = (labels: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(labels).map(([value, text]) => ({ value, text }));

const AUTO = choices({ '': 'As the chart needs', yes: 'On', no: 'Off' });
const SORTS = choices({
  'value descending': 'Largest first',
  'value ascending': 'Smallest first',
  'label ascending': 'By name, A to Z',
  'label descending': 'By name, Z to A',
});

/** The controls of a widget. */
export function builderForm(draft: BuilderDraft, lists: FilterChoices): Html {
  const { values, followed } = draft;
  const { single } = values;
  const shape = shapeOf(values);
  const wrong: Wrong = (name) =>
    draft.problems.filter(({ path }) => controlOf(path) === name).map(({ text }) => text);
  const select = (
    name: Parameters<typeof selectField>[0]['name'] & keyof typeof single,
    label: string,
    of: readonly Choice[],
    note?: string,
  ): Html => selectField({ name, label, note }, of, single[name], wrong);
  const shaped = (name: ShapeField, label: string, note?: string): Html =>
    select(
      name,
      label,
      shapeChoices(shape, name),
      followed.includes(name) ? 'Changed along with your choice.' : note,
    );
  const dated = single.groupBy in dimensions && isDate(single.groupBy as Dimension);
  return html`<fieldset><legend>What it shows</legend>
<div class="builder-grid">
${textField({ name: 'title', label: 'Title', max: 120, required: true }, single.title, wrong)}
${textField({ name: 'description', label: 'Description', max: 300 }, single.description, wrong)}
${shaped('entity', 'Billing items', 'Can be changed at any time.')}
${shaped('field', 'Measure')}
${shaped('aggregate', 'Summed up as')}
${shaped('groupBy', 'Group by', 'Month, quarter and year are the grain of a date.')}
${shaped('breakDownBy', 'Break down by')}
${shaped('chart', 'Chart')}
</div></fieldset>
<fieldset><legend>Order and size</legend>
<div class="builder-grid">
${selectField({ name: 'sort', label: 'Sort', note: dated ? 'Dates run in calendar order.' : undefined }, SORTS, values.sort, wrong)}
${numberField({ name: 'top', label: 'Largest groups', most: 50, note: dated ? 'Dates are never left out.' : 'The rest becomes “Other”.' }, single.top, wrong)}
${numberField({ name: 'breakDownTop', label: 'Largest parts of the break-down', most: 25 }, single.breakDownTop, wrong)}
${select('showOther', 'Show “Other”', choices({ yes: 'Yes', no: 'No' }))}
</div></fieldset>
<fieldset><legend>Which billing items</legend>
<div class="builder-grid">
${selectField({ name: 'months', label: 'Billing periods that start in' }, [{ value: '', text: 'Any month' }, ...choices(PERIOD_LABELS), { value: 'between', text: 'Between two months' }], values.months, wrong)}
${monthField('from', 'First month', values.from, wrong)}
${monthField('to', 'Last month', values.to, wrong)}
${select('kind', 'Kind', choices({ '': 'Any', period: 'Billing period', adjustment: 'Adjustment' }))}
${textField({ name: 'serviceContains', label: 'Service contains' }, single.serviceContains, wrong)}
${textField({ name: 'minAmount', label: 'Amount from' }, single.minAmount, wrong)}
${textField({ name: 'maxAmount', label: 'Amount to' }, single.maxAmount, wrong)}
${numberField({ name: 'minUnits', label: 'Units from' }, single.minUnits, wrong)}
${numberField({ name: 'maxUnits', label: 'Units to' }, single.maxUnits, wrong)}
</div>
${conditionRows(values.conditions, wrong, { action: '/dashboard/widgets/preview' })}${conditionLists(lists)}</fieldset>
<fieldset><legend>How it looks</legend>
<div class="builder-grid">
${textField({ name: 'goalValue', label: 'Goal', note: 'A line to reach; where a gauge ends.' }, single.goalValue, wrong)}
${textField({ name: 'goalLabel', label: 'Goal is called', max: 40 }, single.goalLabel, wrong)}
${select('legend', 'Legend', AUTO)}
${select('labels', 'Figures at the marks', AUTO)}
${select('total', 'Total', AUTO)}
${textField({ name: 'currency', label: 'Only this currency', max: 3, note: 'Otherwise each has a panel of its own.' }, single.currency, wrong)}
${textField({ name: 'locale', label: 'Language of figures', max: 35, note: 'Such as en-US or de-DE.' }, single.locale, wrong)}
${select('theme', 'Theme', choices({ '': 'As the viewer’s display', light: 'Light', dark: 'Dark' }))}
</div></fieldset>
<input type="hidden" name="was" id="part-was" data-part value="${JSON.stringify(shape)}">`;
}
