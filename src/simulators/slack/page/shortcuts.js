import { act } from './api.js';
import { h } from './dom.js';
import { workspace } from './workspace.js';

const ofType = (type) => workspace.current.shortcuts.filter((one) => one.type === type);

const entry = (shortcut, place) =>
  h(
    'button',
    {
      type: 'button',
      class: 'shortcut',
      onclick: (event) => {
        event.currentTarget.closest('details').open = false;
        act('shortcut', { callbackId: shortcut.callbackId, ...place() });
      },
    },
    h('b', {}, shortcut.name),
    h('span', { class: 'hint' }, shortcut.description),
  );

const menu = (label, sign, type, place, className) => {
  const offered = ofType(type);
  if (offered.length === 0) return null;
  const details = h(
    'details',
    {
      class: `shortcuts ${className}`,
      onkeydown: (event) => {
        if (event.key !== 'Escape' || !details.open) return;
        details.open = false;
        details.querySelector('summary').focus();
      },
      onfocusout: (event) => {
        if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
      },
    },
    h('summary', { 'aria-label': label, title: label }, sign),
    h(
      'div',
      { class: 'shortcut-list' },
      offered.map((one) => entry(one, place)),
    ),
  );
  return details;
};

/** The app's shortcuts in the message box. */
export const globalShortcuts = () => menu('Shortcuts', '⚡', 'global', () => ({}), 'up');

/** What the app offers on a message. */
export const messageShortcuts = ({ channel, ts, ephemeral }) =>
  // Slack has no such menu on what one person alone sees.
  ephemeral
    ? null
    : menu('More actions for this message', '⋯', 'message', () => ({ channel, messageTs: ts }), 'beside');
