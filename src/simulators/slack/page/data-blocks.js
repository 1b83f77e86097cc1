import { freshId, h } from './dom.js';
import { richText } from './rich-text.js';

const cellText = (cell) =>
  cell.type === 'rich_text' ? richText(cell.elements) : (cell.text ?? String(cell.value));
const isNumber = (cell) => cell.type === 'raw_number';

/** Wide tables scroll on their own, by keyboard too. */
const scroller = (label, ...children) =>
  h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': label }, ...children);

export function table(_context, block) {
  const [head, ...rest] = block.rows;
  const align = (index) => block.column_settings?.[index]?.align;
  const row = (tag) => (cells) =>
    h(
      'tr',
      {},
      cells.map((cell, index) => h(tag, { class: align(index) && `align-${align(index)}` }, cellText(cell))),
    );
  return scroller(
    'Table',
    h('table', {}, h('thead', {}, row('th')(head)), h('tbody', {}, rest.map(row('td')))),
  );
}

/** Pages like Slack's: five rows unless the app says otherwise. */
export function dataTable(_context, block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const pages = Math.ceil(rows.length / size);
  const body = h('tbody');
  const status = h('span', { role: 'status' });
  const captionId = freshId('caption');
  let page = 0;
  const row = (cells) =>
    h(
      'tr',
      {},
      cells.map((cell, index) =>
        index === block.row_header_column_index
          ? h('th', { scope: 'row' }, cellText(cell))
          : h('td', { class: isNumber(cell) ? 'align-right' : undefined }, cellText(cell)),
      ),
    );
  const show = (next) => {
    page = Math.min(Math.max(next, 0), pages - 1);
    body.replaceChildren(...rows.slice(page * size, (page + 1) * size).map(row));
    status.textContent = `${page + 1} of ${pages}`;
  };
  show(0);
  const turn = (label, by) =>
    h('button', { type: 'button', class: 'button small', onclick: () => show(page + by) }, label);
  return h(
    'div',
    { class: 'data-table' },
    scroller(
      block.caption,
      h(
        'table',
        { 'aria-labelledby': captionId },
        h('caption', { id: captionId }, block.caption),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            head.map((cell, index) =>
              h(
                'th',
                { scope: 'col', class: rows.some((it) => isNumber(it[index])) ? 'align-right' : undefined },
                cellText(cell),
              ),
            ),
          ),
        ),
        body,
      ),
    ),
    pages > 1 ? h('div', { class: 'pager' }, turn('Previous', -1), status, turn('Next', 1)) : null,
  );
}

const COLOURS = ['#1264a3', '#2bac76', '#e8912d', '#cd2553', '#8a4fbf', '#1d9bd1'];

/** Charts as bars with their numbers beside them: readable by everybody. */
export function dataVisualization(_context, { title, chart }) {
  const series = chart.type === 'pie' ? [{ name: '', data: chart.segments }] : chart.series;
  const labels = chart.type === 'pie' ? chart.segments.map((it) => it.label) : chart.axis_config.categories;
  const pointOf = (one, label) => one.data.find((point) => point.label === label)?.value ?? 0;
  const most = Math.max(...series.flatMap((one) => labels.map((label) => Math.abs(pointOf(one, label)))), 1);
  const bar = (one, label, colour) =>
    h(
      'div',
      { class: 'bar-row' },
      h(
        'span',
        { class: 'bar-track' },
        h('span', {
          class: 'bar',
          style: { width: `${(Math.abs(pointOf(one, label)) / most) * 100}%`, background: colour },
        }),
      ),
      h('span', { class: 'bar-value' }, pointOf(one, label).toLocaleString('en-US')),
    );
  const legend =
    series.length > 1 &&
    h(
      'div',
      { class: 'legend' },
      series.map((one, at) => h('span', {}, h('i', { style: { background: COLOURS[at] } }), one.name)),
    );
  return h(
    'figure',
    { class: 'chart' },
    h('figcaption', {}, h('strong', {}, title)),
    legend,
    labels.map((label) =>
      h(
        'div',
        { class: 'bar-group' },
        h('span', { class: 'bar-label' }, label),
        h(
          'div',
          {},
          series.map((one, at) => bar(one, label, COLOURS[at])),
        ),
      ),
    ),
  );
}
