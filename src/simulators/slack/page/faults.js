import { act } from './api.js';
import { h } from './dom.js';
import { workspace } from './workspace.js';

const place = document.getElementById('faults');
let shape;
let isOpen = false;

const reset = () => act('reset-faults', {});

/** The panel that makes Slack misbehave, and a line that says so while it does. */
export function showFaults() {
  const { faults } = workspace.current;
  const next = JSON.stringify(faults);
  if (next === shape) return;
  shape = next;
  const on = faults.filter((fault) => fault.on);
  const focused = document.activeElement?.id;
  place.replaceChildren(
    h(
      'details',
      {
        class: 'faults',
        open: isOpen,
        ontoggle: (event) => {
          isOpen = event.target.open;
        },
      },
      h('summary', {}, on.length === 0 ? 'Faults: none' : `Faults: ${on.length} on`),
      h('p', { class: 'hint' }, 'Make this Slack misbehave and see what the app does.'),
      faults.map(({ name, label, what, on: isOn }) =>
        h(
          'label',
          { class: 'fault' },
          h('input', {
            type: 'checkbox',
            role: 'switch',
            id: `fault-${name}`,
            checked: isOn,
            'aria-describedby': `fault-${name}-what`,
            onchange: (event) => act('fault', { name, on: event.target.checked }),
          }),
          h('span', {}, label),
          h('span', { class: 'hint', id: `fault-${name}-what` }, what),
        ),
      ),
    ),
    h(
      'p',
      { class: 'faulty', role: 'status', hidden: on.length === 0 },
      `On purpose: ${on.map(({ label }) => label.toLowerCase()).join(', ')}. `,
      h('button', { type: 'button', onclick: reset }, 'Reset faults'),
    ),
  );
  if (focused?.startsWith('fault-')) document.getElementById(focused)?.focus();
}
