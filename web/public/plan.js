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
    if (said) return decided(said.textContent, answer.ok);
    dialog.replaceChildren(...content.childNodes);
    dialog.setAttribute('aria-label', dialog.querySelector('h1').textContent);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('input:not([type="hidden"]), a, button')?.focus();
  } catch {
    close();
    say('icb cannot be reached; nothing was decided that is not shown here after a reload.', 'bad');
  }
}

function decided(text, done) {
  sessionStorage.setItem(KEPT, JSON.stringify({ text, tone: done ? 'good' : 'warn' }));
  location.reload();
}

function close() {
  if (dialog.open) dialog.close();
}

function say(text, tone) {
  notice.textContent = text;
  notice.className = `notice ${tone}`;
  notice.hidden = false;
}

const kept = sessionStorage.getItem(KEPT);
if (kept) {
  sessionStorage.removeItem(KEPT);
  const { text, tone } = JSON.parse(kept);
  say(text, tone);
}
