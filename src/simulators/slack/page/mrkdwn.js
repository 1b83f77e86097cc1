import { h, link } from './dom.js';
import { withEmoji } from './emoji.js';

const decoded = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** What people, channels and dates are called; set once the workspace is known. */
export const names = { person: (id) => id, channel: (id) => id, zone: undefined };

/**
 * Inline markup in the order Slack reads it. `inside` says whether the content may hold more markup;
 * emphasis must touch its text and stand at a word's edge.
 */
const INLINE = [
  [/```\n?([\s\S]+?)\n?```/, ([, code]) => h('pre', {}, decoded(code))],
  [/`([^`\n]+)`/, ([, code]) => h('code', {}, decoded(code))],
  [/<([^<>\n]+)>/, ([, inner]) => angled(inner)],
  [
    /:([a-z0-9_+-]+):/,
    ([typed, name]) => (emoji(name) === typed ? typed : h('span', { title: typed }, emoji(name))),
  ],
  [/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/, ([, text]) => h('strong', {}, inline(text))],
  [/(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])/, ([, text]) => h('em', {}, inline(text))],
  [/(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/, ([, text]) => h('s', {}, inline(text))],
  [/https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]]/, ([url]) => link(decoded(url), decoded(url))],
];

function inline(text) {
  let first;
  for (const [pattern, draw] of INLINE) {
    const match = pattern.exec(text);
    if (match && (!first || match.index < first.match.index)) first = { match, draw };
  }
  if (!first) return withEmoji(decoded(text));
  const { match, draw } = first;
  return [
    ...withEmoji(decoded(text.slice(0, match.index))),
    draw(match),
    ...inline(text.slice(match.index + match[0].length)),
  ];
}

/** `<…>`: mentions, dates and links. */
function angled(inner) {
  const [target, label] = splitOnce(inner, '|');
  if (target.startsWith('@')) return mention(`@${names.person(target.slice(1))}`);
  if (target.startsWith('#')) return mention(`#${label || names.channel(target.slice(1))}`);
  if (target.startsWith('!date^')) return dateText(target, label);
  if (target.startsWith('!subteam^')) return mention(label ?? target.slice(9));
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`);
  return link(decoded(target), label ? inline(label) : decoded(target.replace(/^mailto:/, '')));
}

export const mention = (text) => h('span', { class: 'mention' }, text);

function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function dateText(target, fallback) {
  const [, unix, format, url] = target.split('^');
  const date = new Date(Number(unix) * 1000);
  if (!format || Number.isNaN(date.getTime())) return fallback ?? target;
  const text = format.replace(/\{(\w+)\}/g, (_, token) => dateToken(date, token) ?? fallback ?? '');
  const time = h('time', { datetime: date.toISOString(), title: date.toLocaleString() }, text);
  return url ? link(url, time) : time;
}

function dateToken(date, token) {
  const shown = (options) =>
    new Intl.DateTimeFormat('en-US', { timeZone: names.zone, ...options }).format(date);
  const day = { year: 'numeric', month: 'long', day: 'numeric' };
  const short = { ...day, month: 'short' };
  const long = { ...day, weekday: 'long' };
  const pretty = (options) => nearDay(date, shown) ?? shown(options);
  const tokens = {
    date_num: () => new Intl.DateTimeFormat('en-CA', { timeZone: names.zone }).format(date),
    date: () => shown(day),
    date_short: () => shown(short),
    date_long: () => shown(long),
    date_pretty: () => pretty(day),
    date_short_pretty: () => pretty(short),
    date_long_pretty: () => pretty(long),
    time: () => shown({ hour: 'numeric', minute: '2-digit' }),
    time_secs: () => shown({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    ago: () => date.toLocaleString('en-US'),
  };
  return tokens[token]?.();
}

function nearDay(date, shown) {
  const key = (offset) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: names.zone }).format(
      new Date(Date.now() + offset * 86_400_000),
    );
  const own = new Intl.DateTimeFormat('en-CA', { timeZone: names.zone }).format(date);
  const near = { [key(0)]: 'today', [key(-1)]: 'yesterday', [key(1)]: 'tomorrow' };
  return shown ? near[own] : undefined;
}

/** Slack's mrkdwn as nodes: quotes and line breaks, then inline markup. */
export function mrkdwn(text) {
  const parts = [];
  const lines = text.split(/(```[\s\S]*?```)/);
  for (const piece of lines) {
    if (piece.startsWith('```')) parts.push(...inline(piece));
    else parts.push(...quotedLines(piece));
  }
  return parts;
}

function quotedLines(text) {
  const out = [];
  let quote = [];
  const flush = () => {
    if (quote.length > 0) out.push(h('blockquote', {}, withBreaks(quote)));
    quote = [];
  };
  const plain = [];
  const flushPlain = () => {
    if (plain.length > 0) out.push(...withBreaks(plain.splice(0)));
  };
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      flushPlain();
      quote.push(quoted[1]);
    } else {
      flush();
      plain.push(line);
    }
  }
  flush();
  flushPlain();
  return out;
}

const withBreaks = (lines) =>
  lines.flatMap((line, index) => (index === 0 ? inline(line) : [h('br'), ...inline(line)]));

/** A text object: plain text shows every character, mrkdwn its markup. */
export function textNodes(text) {
  if (!text) return [];
  if (typeof text === 'string') return withEmoji(text);
  if (text.type === 'mrkdwn') return mrkdwn(text.text);
  const draw = (line) => (text.emoji === false ? [line] : withEmoji(line));
  return text.text
    .split('\n')
    .flatMap((line, index) => (index === 0 ? draw(line) : [h('br'), ...draw(line)]));
}
