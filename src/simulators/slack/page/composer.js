import { act } from './api.js';
import { h } from './dom.js';
import { workspace } from './workspace.js';

const form = document.getElementById('composer');
const sent = [];
let back = 0;
let channel;

const box = h('textarea', { rows: 1, 'aria-describedby': 'composer-hint', 'data-testid': 'composer' });
const hint = h('p', { id: 'composer-hint', class: 'composer-hint' });
const button = h('button', { type: 'submit', class: 'button primary' }, 'Send');
form.append(h('div', { class: 'composer-box' }, box, button), hint);

const grow = () => {
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
};

function showHint() {
  const [command] = workspace.current.commands;
  const isCommand = box.value.startsWith('/');
  hint.replaceChildren(
    h('code', {}, `${command} help`),
    isCommand
      ? ' lists what it can do · Enter sends · ↑ brings back what you sent'
      : ' lists what the app can do',
  );
}

function send(event) {
  event?.preventDefault();
  const text = box.value.trim();
  if (text === '' || !channel) return;
  sent.push(text);
  back = 0;
  box.value = '';
  grow();
  showHint();
  act('type', { text, channel: channel.id });
}

form.addEventListener('submit', send);
box.addEventListener('input', () => {
  grow();
  showHint();
});
box.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
  const isRecalling = back > 0 && box.value === sent.at(-back);
  if (event.key === 'ArrowUp' && (box.value === '' || isRecalling) && back < sent.length) {
    event.preventDefault();
    back += 1;
    box.value = sent.at(-back);
    grow();
  }
});

/** The message box of this channel; none where there is nothing to write to. */
export function showComposer(to) {
  form.hidden = !to;
  if (!to || channel?.id === to.id) return;
  channel = to;
  const name = to.kind === 'im' ? workspace.current.app.name : `#${to.name}`;
  box.placeholder = `Message ${name}`;
  box.setAttribute('aria-label', `Message ${name}`);
  showHint();
}
