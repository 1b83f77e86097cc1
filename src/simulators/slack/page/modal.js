import { act } from './api.js';
import { drawBlocks } from './blocks.js';
import { freshId, h } from './dom.js';
import { draftsIn } from './drafts.js';
import { textNodes } from './mrkdwn.js';
import { workspace } from './workspace.js';

const dialog = document.getElementById('modal');
let shape;
let busy = false;

const topOf = () => workspace.current.stack.at(-1);

/** Esc leaves the top view, as its close button does. */
dialog.addEventListener('cancel', (event) => {
  event.preventDefault();
  if (!busy) act('close', {});
});

async function submit(event) {
  event.preventDefault();
  const top = topOf();
  if (busy || !top) return;
  setBusy(true);
  const place = { viewId: top.view.id };
  await act('submit', { ...place, values: draftsIn(place, top.view.blocks) });
  setBusy(false);
  dialog.querySelector('[aria-invalid]')?.focus();
}

function setBusy(value) {
  busy = value;
  const button = dialog.querySelector('button[type=submit]');
  if (!button) return;
  button.disabled = value;
  button.setAttribute('aria-busy', String(value));
}

function draw({ view, errors, banner }) {
  const titleId = freshId('title');
  const context = {
    place: { viewId: view.id },
    blocks: view.blocks,
    state: view.state.values,
    errors,
    isModal: true,
  };
  dialog.setAttribute('aria-labelledby', titleId);
  dialog.dataset.viewId = view.id;
  dialog.dataset.callbackId = view.callback_id;
  return h(
    'form',
    { novalidate: true, onsubmit: submit },
    h(
      'header',
      {},
      h('div', { class: 'avatar small', 'aria-hidden': 'true' }, workspace.current.app.name[0].toUpperCase()),
      h('h2', { id: titleId, class: 'modal-title' }, textNodes(view.title)),
      h(
        'button',
        {
          type: 'button',
          class: 'dismiss',
          'aria-label': 'Dismiss',
          onclick: () => act('close', { all: true }),
        },
        '×',
      ),
    ),
    banner ? h('p', { class: 'banner', role: 'alert' }, banner) : null,
    h('div', { class: 'modal-blocks', tabindex: -1 }, drawBlocks(context, view.blocks)),
    h(
      'footer',
      {},
      h(
        'button',
        { type: 'button', class: 'button', onclick: () => act('close', {}) },
        textNodes(view.close ?? 'Cancel'),
      ),
      view.submit
        ? h(
            'button',
            { type: 'submit', class: 'button primary', disabled: view.submit_disabled },
            textNodes(view.submit),
          )
        : null,
    ),
  );
}

/** Which control has the focus, in words that outlive a redraw. */
function focusMark() {
  const { activeElement: at } = document;
  if (!dialog.contains(at)) return undefined;
  const { blockId, actionId } = at.dataset;
  return {
    viewId: dialog.dataset.viewId,
    blockId,
    actionId,
    start: at.selectionStart,
    end: at.selectionEnd,
    tag: at.tagName,
  };
}

function restoreFocus(mark, view) {
  const same = mark && mark.viewId === view.id && mark.actionId;
  const target = same
    ? dialog.querySelector(
        `[data-action-id="${CSS.escape(mark.actionId)}"][data-block-id="${CSS.escape(mark.blockId)}"]`,
      )
    : (dialog.querySelector('[data-focus]') ??
      dialog.querySelector('.modal-blocks :is(input,textarea,button)'));
  if (!target) return;
  target.focus({ preventScroll: Boolean(same) });
  if (same && typeof mark.start === 'number' && target.setSelectionRange && target.type === 'text')
    target.setSelectionRange(mark.start, mark.end);
}

/** Shows the top view. The scroll position, the focus and what was typed survive the app's updates. */
export function showModal() {
  const top = topOf();
  if (!top) {
    shape = undefined;
    if (dialog.open) dialog.close();
    dialog.replaceChildren();
    return;
  }
  // What a person enters comes back as state; it is on the screen already.
  const { state: _, ...content } = top.view;
  const next = JSON.stringify([content, top.errors, top.banner]);
  if (next === shape) return;
  shape = next;
  const mark = focusMark();
  const isSame = dialog.dataset.viewId === top.view.id;
  const scrolled = isSame ? (dialog.querySelector('.modal-blocks')?.scrollTop ?? 0) : 0;
  dialog.replaceChildren(draw(top));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('.modal-blocks').scrollTop = scrolled;
  setBusy(busy);
  restoreFocus(mark, top.view);
}
