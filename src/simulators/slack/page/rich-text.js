import { h, link } from './dom.js';
import { emoji } from './emoji.js';
import { mention, names } from './mrkdwn.js';

const INLINE = {
  text: (it) => it.text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [h('br'), line])),
  link: (it) => link(it.url, it.text ?? it.url),
  emoji: (it) => emoji(it.name),
  user: (it) => mention(`@${names.person(it.user_id)}`),
  usergroup: (it) => mention(`@${it.usergroup_id}`),
  channel: (it) => mention(`#${names.channel(it.channel_id)}`),
  broadcast: (it) => mention(`@${it.range}`),
  color: (it) => it.value,
  date: (it) =>
    h('time', {}, new Date(it.timestamp * 1000).toLocaleString('en-US', { timeZone: names.zone })),
};
const STYLES = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' };

function inlineNode(element) {
  let node = [INLINE[element.type]?.(element) ?? ''].flat();
  for (const [style, tag] of Object.entries(STYLES)) if (element.style?.[style]) node = [h(tag, {}, node)];
  return node;
}
const inlineNodes = (elements) => elements.flatMap(inlineNode);

const PARTS = {
  rich_text_section: (it) => h('p', {}, inlineNodes(it.elements)),
  rich_text_preformatted: (it) => h('pre', {}, inlineNodes(it.elements)),
  rich_text_quote: (it) => h('blockquote', {}, inlineNodes(it.elements)),
  rich_text_list: (it) =>
    h(
      it.style === 'ordered' ? 'ol' : 'ul',
      { start: it.offset ? it.offset + 1 : undefined, class: `indent-${it.indent ?? 0}` },
      it.elements.map((item) => h('li', {}, inlineNodes(item.elements))),
    ),
};

export const richText = (elements) => elements.map((part) => PARTS[part.type]?.(part) ?? '');

/** What a person typed into a plain field, as the rich text an app gets for it. */
export const toRichText = (text) =>
  text === ''
    ? null
    : {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
      };

export const fromRichText = (value) =>
  (value?.elements ?? []).flatMap((part) => (part.elements ?? []).map((one) => one.text ?? '')).join('');
