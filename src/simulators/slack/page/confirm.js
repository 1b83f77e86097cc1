import { freshId, h } from './dom.js';
import { textNodes } from './mrkdwn.js';

/** Asks the question an app attached to a control. Resolves to whether the person agreed. */
export function askFirst(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const title = freshId('confirm-title');
    const text = freshId('confirm-text');
    const answer = (value) => () => dialog.close(value);
    const dialog = h(
      'dialog',
      { class: 'confirm', role: 'alertdialog', 'aria-labelledby': title, 'aria-describedby': text },
      h('h2', { id: title, class: 'confirm-title' }, textNodes(confirm.title)),
      h('p', { id: text }, textNodes(confirm.text)),
      h(
        'div',
        { class: 'dialog-buttons' },
        h('button', { type: 'button', class: 'button', onclick: answer('no') }, textNodes(confirm.deny)),
        h(
          'button',
          {
            type: 'button',
            class: `button ${confirm.style === 'danger' ? 'danger' : 'primary'}`,
            onclick: answer('yes'),
          },
          textNodes(confirm.confirm),
        ),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
