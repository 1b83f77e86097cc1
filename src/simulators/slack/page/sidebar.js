import { h } from './dom.js';
import { workspace } from './workspace.js';

/** The address after `#`: a channel id, `app/home` or `app/messages`. */
export const route = () => decodeURIComponent(location.hash.slice(1)) || workspace.current.channels[0].id;

const sidebar = document.getElementById('sidebar');
const TRANSPORT = {
  http: 'icb answers over HTTP',
  socket: 'icb answers over socket mode',
  none: 'no app is connected yet',
};

export function closeSidebar() {
  sidebar.classList.remove('open');
}
export function toggleSidebar() {
  sidebar.classList.toggle('open');
}

let shape;

export function showSidebar() {
  const { team, app, channels, people, me, transport } = workspace.current;
  const next = JSON.stringify([team, channels, me, transport, route()]);
  if (next === shape) return;
  shape = next;
  const entry = (to, label, isCurrent) =>
    h('a', { href: `#${to}`, class: 'entry', 'aria-current': isCurrent ? 'page' : undefined }, label);
  const here = route();
  sidebar.replaceChildren(
    h('div', { class: 'team' }, h('strong', {}, team.name), h('span', { class: 'hint' }, 'Slack stand-in')),
    h('h2', {}, 'Channels'),
    ...channels
      .filter((channel) => channel.kind !== 'im')
      .map((channel) =>
        entry(channel.id, `${channel.kind === 'private' ? '🔒' : '#'} ${channel.name}`, here === channel.id),
      ),
    h('h2', {}, 'Apps'),
    entry('app/home', app.name, here.startsWith('app/')),
    h(
      'label',
      { class: 'switcher' },
      'You are',
      h(
        'select',
        {
          id: 'user',
          onchange: (event) => {
            const url = new URL(location.href);
            url.searchParams.set('user', event.target.value);
            location.href = url.href;
          },
        },
        people.map((person) =>
          h(
            'option',
            { value: person.id, selected: person.id === me.id },
            `${person.realName}${person.isAdmin ? ' (admin)' : ''}`,
          ),
        ),
      ),
    ),
    h('p', { class: 'transport' }, TRANSPORT[transport].replace('icb', app.name)),
  );
}
