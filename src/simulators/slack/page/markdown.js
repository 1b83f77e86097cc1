import { h, link } from './dom.js';
import { withEmoji } from './emoji.js';

/** The `markdown` block speaks common Markdown, not mrkdwn. */
const INLINE = [
  [/`([^`\n]+)`/, ([, code]) => h('code', {}, code)],
  [/\[([^\]\n]+)\]\(([^)\s]+)\)/, ([, text, url]) => link(url, inline(text))],
  [/\*\*(.+?)\*\*/, ([, text]) => h('strong', {}, inline(text))],
  [/(?<!\w)[*_](?=\S)([^*_\n]+?)[*_](?!\w)/, ([, text]) => h('em', {}, inline(text))],
  [/~~(.+?)~~/, ([, text]) => h('s', {}, inline(text))],
];

function inline(text) {
  let first;
  for (const [pattern, draw] of INLINE) {
    const match = pattern.exec(text);
    if (match && (!first || match.index < first.match.index)) first = { match, draw };
  }
  if (!first) return withEmoji(text);
  const { match, draw } = first;
  return [
    ...inline(text.slice(0, match.index)),
    draw(match),
    ...inline(text.slice(match.index + match[0].length)),
  ];
}

/** Each kind of block, by the look of its first line; `take` says which lines belong to it. */
const BLOCKS = [
  {
    starts: /^```/,
    take: (lines) =>
      lines.findIndex((line, index) => index > 0 && line.startsWith('```')) + 1 || lines.length,
    draw: (lines) => h('pre', {}, lines.filter((line) => !line.startsWith('```')).join('\n')),
  },
  {
    starts: /^#{1,6} /,
    take: () => 1,
    draw: ([line]) => h('h3', {}, inline(line.replace(/^#+ /, ''))),
  },
  { starts: /^(---|\*\*\*)\s*$/, take: () => 1, draw: () => h('hr') },
  { starts: /^\|/, take: (lines) => runOf(lines, /^\|/), draw: drawTable },
  {
    starts: /^\s*[-*+] /,
    take: (lines) => runOf(lines, /^\s*[-*+] /),
    draw: (lines) =>
      h(
        'ul',
        {},
        lines.map((line) => h('li', {}, inline(line.replace(/^\s*[-*+] /, '')))),
      ),
  },
  {
    starts: /^\s*\d+\. /,
    take: (lines) => runOf(lines, /^\s*\d+\. /),
    draw: (lines) =>
      h(
        'ol',
        {},
        lines.map((line) => h('li', {}, inline(line.replace(/^\s*\d+\. /, '')))),
      ),
  },
  {
    starts: /^> ?/,
    take: (lines) => runOf(lines, /^> ?/),
    draw: (lines) =>
      h(
        'blockquote',
        {},
        lines.flatMap((line) => [...inline(line.replace(/^> ?/, '')), h('br')]),
      ),
  },
  { starts: /^\s*$/, take: () => 1, draw: () => null },
];

function runOf(lines, pattern) {
  const end = lines.findIndex((line) => !pattern.test(line));
  return end < 0 ? lines.length : end;
}

function drawTable(lines) {
  const cells = (line) =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const [head, ...rest] = lines.filter((line) => !/^\|[\s:|-]+\|?\s*$/.test(line));
  const row = (tag) => (line) =>
    h(
      'tr',
      {},
      cells(line).map((cell) => h(tag, {}, inline(cell))),
    );
  return h(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': 'Table' },
    h('table', {}, h('thead', {}, row('th')(head)), h('tbody', {}, rest.map(row('td')))),
  );
}

export function markdown(text) {
  const out = [];
  let lines = text.split('\n');
  while (lines.length > 0) {
    const kind = BLOCKS.find(({ starts }) => starts.test(lines[0]));
    const next = lines.findIndex(isBlockStart);
    const taken = lines.slice(0, kind ? kind.take(lines) : next < 0 ? lines.length : next);
    out.push(
      kind
        ? kind.draw(taken)
        : h(
            'p',
            {},
            taken.flatMap((line, i) => (i ? [h('br'), ...inline(line)] : inline(line))),
          ),
    );
    lines = lines.slice(taken.length);
  }
  return out;
}

const isBlockStart = (line, index) => index > 0 && BLOCKS.some(({ starts }) => starts.test(line));
