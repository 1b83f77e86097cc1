import { act, onChanges, readState } from './api.js';
import { drawBlocks } from './blocks.js';
import { showComposer } from './composer.js';
import { h, toast } from './dom.js';
import { showFaults } from './faults.js';
import { showMessages } from './messages.js';
import { showModal } from './modal.js';
import { names } from './mrkdwn.js';
import { closeSidebar, route, showSidebar, toggleSidebar } from './sidebar.js';
import { workspace } from './workspace.js';

const pane = document.getElementById('pane');
const topbar = document.getElementById('topbar');
let homeShape;
let topShape;

function showTopbar(title, tabs = []) {
  const next = JSON.stringify([title, tabs]);
  if (next === topShape) return;
  topShape = next;
  topbar.replaceChildren(
    h(
      'button',
      { type: 'button', class: 'burger', 'aria-label': 'Channels and people', onclick: toggleSidebar },
      '☰',
    ),
    h('h1', {}, title),
    h(
      'nav',
      { class: 'tabs', 'aria-label': 'App', hidden: tabs.length === 0 },
      tabs.map(({ to, label, isCurrent }) =>
        h('a', { href: `#${to}`, 'aria-current': isCurrent ? 'page' : undefined }, label),
      ),
    ),
  );
}

function showHome() {
  const { home } = workspace.current;
  const shape = JSON.stringify([home?.view.hash, home?.banner]);
  if (shape === homeShape && pane.querySelector('.home')) return;
  homeShape = shape;
  const scrolled = pane.scrollTop;
  const context = home && {
    place: { viewId: home.view.id },
    blocks: home.view.blocks,
    state: home.view.state.values,
  };
  pane.replaceChildren(
    h(
      'div',
      { class: 'home blocks', 'data-testid': 'home' },
      home?.banner ? h('p', { class: 'banner', role: 'alert' }, home.banner) : null,
      home
        ? drawBlocks(context, home.view.blocks)
        : h('p', { class: 'empty' }, 'The app has not published its Home yet.'),
    ),
  );
  pane.scrollTop = scrolled;
}

function show() {
  const { app, channels, me, people } = workspace.current;
  names.zone = me.tz === 'Etc/UTC' ? 'UTC' : me.tz;
  names.person = (id) =>
    id === app.botUserId ? app.name : (people.find((person) => person.id === id)?.realName ?? id);
  names.channel = (id) => channels.find((channel) => channel.id === id)?.name ?? id;
  showSidebar();
  showFaults();
  const here = route();
  if (here.startsWith('app/')) {
    showTopbar(app.name, [
      { to: 'app/home', label: 'Home', isCurrent: here === 'app/home' },
      { to: 'app/messages', label: 'Messages', isCurrent: here === 'app/messages' },
    ]);
  }
  if (here === 'app/home') {
    showHome();
    showComposer(undefined);
  } else {
    const channel = here.startsWith('app/')
      ? channels.find((one) => one.kind === 'im')
      : (channels.find((one) => one.id === here) ?? channels[0]);
    if (!here.startsWith('app/')) showTopbar(`${channel.kind === 'private' ? '🔒' : '#'} ${channel.name}`);
    showMessages(pane, channel);
    showComposer(channel);
  }
  document.title = `${topbar.querySelector('h1')?.textContent} · Slack stand-in`;
  showModal();
}

let reading = false;
let again = false;

/** Reads and shows the state; changes that come meanwhile lead to one more round. */
async function refresh() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  do {
    again = false;
    try {
      workspace.current = await readState();
      show();
    } catch (error) {
      console.error(error);
      toast('The Slack stand-in does not answer. Is it still running?');
    }
  } while (again);
  reading = false;
}

function openTab() {
  const here = route();
  if (here.startsWith('app/')) act('tab', { tab: here === 'app/home' ? 'home' : 'messages' });
}

window.addEventListener('hashchange', () => {
  closeSidebar();
  show();
  openTab();
});
pane.addEventListener('click', closeSidebar);

await refresh();
openTab();
onChanges(refresh);
