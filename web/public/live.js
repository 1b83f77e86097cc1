/**
 * Replaces the parts marked `data-live` that differ from the server's newest page. What is the same stays untouched,
 * so that nothing flickers and nobody loses the place; open tables stay open, and interactive charts interactive.
 */
export async function refreshLive() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const parts = document.querySelectorAll('[data-live][id]');
  if (fresh.querySelectorAll('[data-live][id]').length !== parts.length) {
    document.querySelector('main').replaceWith(fresh.querySelector('main'));
    return true;
  }
  for (const old of parts) {
    const next = fresh.getElementById(old.id);
    if (!next || next.outerHTML === withoutOpen(old)) continue;
    const opened = [...old.querySelectorAll('details')].map((each) => each.open);
    next.querySelectorAll('details').forEach((each, at) => {
      each.open = opened[at] ?? false;
    });
    old.replaceWith(next);
    if (old.served) next.querySelector('[data-live-card]')?.click();
  }
  return true;
}

function withoutOpen(element) {
  const copy = (element.served ?? element).cloneNode(true);
  for (const each of copy.querySelectorAll('details')) each.open = false;
  return copy.outerHTML;
}
