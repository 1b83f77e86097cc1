// Decides held counts in a dialog, with the forms that are pages of their own without scripts.
const dialog = document.querySelector('[data-decision-dialog]');
const notice = document.querySelector('[data-decided]');
const KEPT = 'icb.decided';

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest('a[data-decide]');
  if (link) {
    event.preventDefault();
    ask(fetch(link.href));
  } else if (dialog.contains(event.target) && event.target.closest('[data-cancel]')) {
    event.preventDefault();
    close();
  }
});

dialog.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  for (const button of form.querySelectorAll('button')) button.disabled = true;
  ask(fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }));
});

/** Shows the form that was answered with, or, once it is decided, the plan anew with what was said. */
async function ask(answering) {
  try {
    const answer = await answering;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const content = page.querySelector('.notice-page');
    if (!content) return location.assign(answer.url);
    const said = content.querySelector('[data-said]');
    if (said)
      return decided({
        text: said.textContent,
        change: said.dataset.said,
        tone: answer.ok ? 'good' : 'warn',
      });
    dialog.replaceChildren(...content.childNodes);
    dialog.setAttribute('aria-label', dialog.querySelector('h1').textContent);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('input:not([type="hidden"]), a, button')?.focus();
  } catch {
    close();
    say({
      text: 'icb cannot be reached; nothing was decided that is not shown here after a reload.',
      tone: 'bad',
    });
  }
}

function decided(told) {
  sessionStorage.setItem(KEPT, JSON.stringify(told));
  location.reload();
}

function close() {
  if (dialog.open) dialog.close();
}

function say({ text, tone, change = '' }) {
  notice.querySelector('[role="status"]').textContent = text;
  const undo = notice.querySelector('form');
  undo.hidden = change === '';
  undo.elements.change.value = change;
  notice.className = `notice with-button ${tone}`;
  notice.hidden = false;
}

const kept = sessionStorage.getItem(KEPT);
if (kept) {
  sessionStorage.removeItem(KEPT);
  say(JSON.parse(kept));
}
