// Moves widgets on a tab by dragging, by buttons and by keys; the form's own order of fields is what is saved.
const form = document.querySelector('[data-tab-editor]');
const moved = form.querySelector('[data-moved]');
let dirty = false;

const tiles = () => [...form.querySelectorAll('.tile')];

function say(tile) {
  const all = tiles();
  moved.textContent = `${tile.dataset.title}: place ${all.indexOf(tile) + 1} of ${all.length}`;
  for (const [at, each] of all.entries())
    for (const button of each.querySelectorAll('[data-move]')) {
      const verb = button.dataset.move;
      button.value = `${verb}:${at}`;
      button.disabled = (verb === 'up' && at === 0) || (verb === 'down' && at === all.length - 1);
    }
  dirty = true;
}

form.addEventListener('input', () => {
  dirty = true;
});

form.addEventListener('submit', (event) => {
  const { submitter } = event;
  if (!submitter || submitter.matches('[data-save]')) {
    dirty = false;
    return;
  }
  event.preventDefault();
  const tile = submitter.closest('.tile');
  const verb = submitter.dataset.move;
  if (!tile || verb === 'remove') return ask(submitter.value);
  if (verb === 'up') tile.previousElementSibling?.before(tile);
  else tile.nextElementSibling?.after(tile);
  say(tile);
  // At an end the button that was pressed is off: the other one is where the keyboard goes on.
  (submitter.disabled ? tile.querySelector('[data-move]:not(:disabled)') : submitter).focus();
});

/** Adding and taking off are the server's: it knows the widgets and the limit. */
async function ask(what) {
  const data = new FormData(form);
  data.set('do', what);
  try {
    const answer = await fetch(form.action, { method: 'POST', body: data });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!page.querySelector('[data-tab-editor]')) throw new Error(page.querySelector('main')?.textContent);
    for (const part of form.querySelectorAll('[data-part]')) {
      const newer = page.getElementById(part.id);
      if (newer) part.replaceWith(newer);
    }
    const place = tiles().at(-1);
    if (place) say(place);
    if (what.includes('condition')) form.querySelector('.condition:last-of-type select')?.focus();
    else form.querySelector('[name="pick"]').focus();
  } catch {
    moved.textContent = 'icb cannot be reached; nothing was changed.';
    moved.className = 'notice bad';
  }
}

form.addEventListener('pointerdown', (event) => {
  const grip = event.target.closest('[data-grip]');
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  const tile = grip.closest('.tile');
  tile.classList.add('dragged');
  grip.setPointerCapture(event.pointerId);
  const over = ({ clientX, clientY }) => {
    const under = document.elementFromPoint(clientX, clientY)?.closest('.tile');
    if (!under || under === tile) return;
    const all = tiles();
    if (all.indexOf(under) < all.indexOf(tile)) under.before(tile);
    else under.after(tile);
  };
  const drop = () => {
    grip.removeEventListener('pointermove', over);
    tile.classList.remove('dragged');
    say(tile);
  };
  grip.addEventListener('pointermove', over);
  grip.addEventListener('lostpointercapture', drop, { once: true });
});

form.addEventListener('change', (event) => {
  if (!event.target.matches('[data-where]')) return;
  const value = event.target.parentElement.querySelector('[name="where-value"]');
  value.setAttribute('list', `list-${event.target.value || 'module'}`);
});

addEventListener('beforeunload', (event) => {
  if (dirty) event.preventDefault();
});
