import { act } from './api.js';
import { h } from './dom.js';
import { globalShortcuts } from './shortcuts.js';
import { workspace } from './workspace.js';

const form = document.getElementById('composer');
const sent = [];
let back = 0;
let channel;

const box = h('textarea', { rows: 1, 'aria-describedby': 'composer-hint', 'data-testid': 'composer' });
const hint = h('p', { id: 'composer-hint', class: 'composer-hint' });
const button = h('button', { type: 'submit', class: 'button primary' }, 'Send');
const picker = h('input', {
  type: 'file',
  id: 'composer-file',
  class: 'composer-file',
  'aria-label': 'Share a file',
});
const attach = h(
  'label',
  { for: 'composer-file', class: 'button composer-attach', title: 'Share a file' },
  '+',
);
const more = h('div', { class: 'composer-more' });
form.append(h('div', { class: 'composer-box' }, picker, attach, more, box, button), hint);

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

const asBase64 = async (file) => {
  let text = '';
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
};

async function share(file) {
  if (!file || !channel) return;
  await act('file', { channel: channel.id, name: file.name, base64: await asBase64(file) });
}

form.addEventListener('submit', send);
picker.addEventListener('change', async () => {
  await share(picker.files[0]);
  picker.value = '';
});
box.addEventListener('paste', (event) => {
  const [file] = event.clipboardData.files;
  if (!file) return;
  event.preventDefault();
  share(file);
});
form.addEventListener('dragover', (event) => event.preventDefault());
form.addEventListener('drop', (event) => {
  event.preventDefault();
  share(event.dataTransfer.files[0]);
});
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
  if (more.childElementCount === 0) more.replaceChildren(...[globalShortcuts()].filter(Boolean));
  if (!to || channel?.id === to.id) return;
  channel = to;
  const name = to.kind === 'im' ? workspace.current.app.name : `#${to.name}`;
  box.placeholder = `Message ${name}`;
  box.setAttribute('aria-label', `Message ${name}`);
  showHint();
}
