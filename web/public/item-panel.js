// Opens a row's explanation beside the table. Without it, or with Ctrl or another window asked for, the link is a page.
const ITEM = /^\/dashboard\/items\/[^/]+$/;

const panel = document.createElement('dialog');
panel.className = 'side';
panel.setAttribute('aria-labelledby', 'item-title');
panel.innerHTML = `<div class="side-bar"><a class="button" href="">Open as a page</a>
<button type="button" autofocus>Close <kbd>Esc</kbd></button></div>
<div class="side-body" aria-live="polite"></div>`;
document.body.append(panel);

const body = panel.querySelector('.side-body');
const asPage = panel.querySelector('a');
let reading;

panel.querySelector('button').addEventListener('click', () => panel.close());
panel.addEventListener('close', () => reading?.abort());
// The backdrop belongs to the dialog: a press on it is one outside the panel's own box.
panel.addEventListener('pointerdown', (event) => {
  if (event.target === panel && event.clientX < panel.getBoundingClientRect().left) panel.close();
});

document.addEventListener('click', (event) => {
  const link = event.target.closest('.items-table a, .side-body a');
  if (!link || !ITEM.test(link.pathname) || link.origin !== location.origin) return;
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link.href);
});

/** Shows the page's main part; whatever goes wrong, the page itself is still there. */
async function open(href) {
  reading?.abort();
  reading = new AbortController();
  const { signal } = reading;
  asPage.href = href;
  if (!panel.open) {
    body.textContent = 'One moment…';
    panel.showModal();
  }
  try {
    const answer = await fetch(href, { headers: { Accept: 'text/html' }, signal });
    if (!answer.ok) throw new Error('refused');
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    body.replaceChildren(...page.querySelector('main').children);
    body.scrollTop = 0;
  } catch {
    if (!signal.aborted) location.assign(href);
  }
}
