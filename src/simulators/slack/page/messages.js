import { drawBlocks } from './blocks.js';
import { h } from './dom.js';
import { sharedFile } from './images.js';
import { names, textNodes } from './mrkdwn.js';
import { messageShortcuts } from './shortcuts.js';
import { workspace } from './workspace.js';

const COLOURS = ['#7c3aed', '#0f766e', '#b45309', '#be185d', '#1d4ed8'];

function author(user) {
  const { app, people } = workspace.current;
  if (user === app.botUserId) return { name: app.name, isApp: true, colour: '#4a154b' };
  if (user === 'USLACKBOT') return { name: 'Slackbot', isApp: true, colour: '#0b6e4f' };
  const at = people.findIndex((one) => one.id === user);
  return { name: people[at]?.realName ?? user, isApp: false, colour: COLOURS[at % COLOURS.length] };
}

const timeOf = (ts) =>
  new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: names.zone }).format(
    new Date(Number(ts) * 1000),
  );

function draw(message) {
  const { name, isApp, colour } = author(message.user);
  const context = {
    place: { channel: message.channel, messageTs: message.ts },
    blocks: message.blocks,
    state: undefined,
  };
  return h(
    'article',
    {
      class: `message${message.ephemeral ? ' ephemeral' : ''}${message.threadTs && message.threadTs !== message.ts ? ' reply' : ''}`,
      'data-testid': 'message',
      'data-ts': message.ts,
      'aria-label': `${name}: ${message.text.slice(0, 80)}`,
    },
    h(
      'div',
      { class: 'avatar', 'aria-hidden': 'true', style: { background: colour } },
      name[0].toUpperCase(),
    ),
    h(
      'div',
      { class: 'message-body' },
      message.ephemeral ? h('div', { class: 'only-you' }, 'Only visible to you') : null,
      h(
        'div',
        { class: 'message-head' },
        h('strong', {}, name),
        isApp ? h('span', { class: 'badge' }, 'APP') : null,
        h('time', { class: 'when' }, timeOf(message.ts)),
        messageShortcuts(message),
      ),
      message.blocks.length > 0
        ? h('div', { class: 'blocks' }, drawBlocks(context, message.blocks))
        : h('div', { class: 'text' }, textNodes({ type: 'mrkdwn', text: message.text })),
      message.edited ? h('span', { class: 'hint' }, ' (edited)') : null,
      message.files.map(sharedFile),
    ),
  );
}

/** Replies follow their parent; everything else stands in the order it came. */
function inThreads(messages) {
  const isReply = (one) => one.threadTs && one.threadTs !== one.ts;
  const roots = messages.filter((one) => !isReply(one) || !messages.some((it) => it.ts === one.threadTs));
  return roots.flatMap((root) => [
    root,
    ...messages.filter((one) => isReply(one) && one.threadTs === root.ts && one !== root),
  ]);
}

const drawn = new Map();

/** Whether the newest message stays in sight, as long as the person has not scrolled away from it. */
let following = true;
const END = 80;

function follow(pane, log) {
  following = true;
  pane.onscroll = () => {
    following = pane.scrollHeight - pane.scrollTop - pane.clientHeight < END;
  };
  // Pictures arrive after their message and make it grow.
  new ResizeObserver(() => {
    if (following) pane.scrollTop = pane.scrollHeight;
  }).observe(log);
}

/** Shows a channel's messages; only those that changed are drawn again, so open menus and typed text stay. */
export function showMessages(pane, channel) {
  const messages = inThreads(workspace.current.messages.filter((one) => one.channel === channel.id));
  let log = pane.querySelector('.log');
  if (!log || log.dataset.channel !== channel.id) {
    drawn.clear();
    log = h('div', { class: 'log', role: 'log', 'aria-label': 'Messages', 'data-channel': channel.id });
    pane.replaceChildren(log);
    follow(pane, log);
  }
  const nodes = messages.map((message) => {
    const shape = JSON.stringify(message);
    const known = drawn.get(message.ts);
    if (known?.shape === shape) return known.node;
    const node = draw(message);
    drawn.set(message.ts, { shape, node });
    return node;
  });
  reconcile(log, nodes.length > 0 ? nodes : [emptyHint(channel)]);
  if (following) pane.scrollTop = pane.scrollHeight;
}

/** Moves nothing that already stands in its place: moving a node takes its focus. */
function reconcile(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove();
  for (const [index, node] of nodes.entries()) {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  }
}

const emptyHint = (channel) =>
  h(
    'p',
    { class: 'empty' },
    channel.kind === 'im'
      ? 'Nothing here yet. Messages from the app to you appear here.'
      : `This is the start of #${channel.name}. Type `,
    channel.kind === 'im' ? null : h('code', {}, `${workspace.current.commands[0]} help`),
    channel.kind === 'im' ? null : ' below to begin.',
  );
