import { h } from './dom.js';

const EMOJI = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  ballot_box_with_check: '☑️',
  x: '❌',
  warning: '⚠️',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  rotating_light: '🚨',
  information_source: 'ℹ️',
  question: '❓',
  exclamation: '❗',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  arrows_counterclockwise: '🔄',
  arrows_clockwise: '🔃',
  arrow_up: '⬆️',
  arrow_down: '⬇️',
  arrow_right: '➡️',
  arrow_left: '⬅️',
  arrow_upper_right: '↗️',
  arrow_lower_right: '↘️',
  heavy_plus_sign: '➕',
  heavy_minus_sign: '➖',
  bar_chart: '📊',
  chart_with_upwards_trend: '📈',
  chart_with_downwards_trend: '📉',
  moneybag: '💰',
  dollar: '💵',
  receipt: '🧾',
  credit_card: '💳',
  link: '🔗',
  lock: '🔒',
  unlock: '🔓',
  key: '🔑',
  gear: '⚙️',
  wrench: '🔧',
  bell: '🔔',
  no_bell: '🔕',
  mag: '🔍',
  memo: '📝',
  clipboard: '📋',
  calendar: '📅',
  date: '📅',
  clock1: '🕐',
  stopwatch: '⏱️',
  zap: '⚡',
  electric_plug: '🔌',
  satellite: '📡',
  desktop_computer: '🖥️',
  computer: '💻',
  office: '🏢',
  busts_in_silhouette: '👥',
  bust_in_silhouette: '👤',
  wave: '👋',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  '-1': '👎',
  eyes: '👀',
  tada: '🎉',
  rocket: '🚀',
  bulb: '💡',
  sparkles: '✨',
  star: '⭐',
  fire: '🔥',
  package: '📦',
  outbox_tray: '📤',
  inbox_tray: '📥',
  pencil2: '✏️',
  wastebasket: '🗑️',
  leftwards_arrow_with_hook: '↩️',
  white_circle: '⚪',
  black_circle: '⚫',
  red_circle: '🔴',
  large_blue_circle: '🔵',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  radio_button: '🔘',
  pause_button: '⏸️',
  double_vertical_bar: '⏸️',
  arrow_forward: '▶️',
  robot_face: '🤖',
  house: '🏠',
  zzz: '💤',
  mute: '🔇',
  pushpin: '📌',
  paperclip: '📎',
  grey_question: '❔',
  small_blue_diamond: '🔹',
  small_orange_diamond: '🔸',
};

/** Signs that carry a state, drawn from text glyphs so that they look alike on every machine. */
const TONED = {
  '✅': ['✔', 'good'],
  '☑️': ['✔', 'good'],
  '❌': ['✖', 'bad'],
  '🔴': ['●', 'bad'],
  '🟢': ['●', 'good'],
  '🟡': ['●', 'warn'],
  '🟠': ['●', 'warn'],
  '🔵': ['●', 'info'],
  '⚪': ['○', 'info'],
  '⚠️': ['⚠', 'warn'],
  '⏳': ['⧗', 'info'],
  ℹ️: ['ℹ', 'info'],
};
const PATTERN = new RegExp(`:([a-z0-9_+-]+):|(${Object.keys(TONED).join('|')})`, 'g');

/** The sign for a shortcode without colons; unknown ones stay as they were typed. */
export function emoji(name) {
  const sign = EMOJI[name];
  return sign ? drawn(sign, `:${name}:`) : `:${name}:`;
}

function drawn(sign, title) {
  const [glyph, tone] = TONED[sign] ?? [sign, 'plain'];
  return h('span', { class: `emoji ${tone}`, title }, glyph);
}

/** Plain text as nodes, with every shortcode and sign drawn. */
export function withEmoji(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    const [typed, name, sign] = match;
    nodes.push(text.slice(end, match.index), sign ? drawn(sign) : emoji(name));
    end = match.index + typed.length;
  }
  return [...nodes, text.slice(end)].filter((node) => node !== '');
}
