// Adds up what is chosen, asks before posting, and searches organizations. Without it the same forms work as pages.
const form = document.querySelector('#post');
const dialog = document.querySelector('[data-confirm]');
const result = document.querySelector('[data-result]');

const money = (decimal, currency) =>
  new Intl.NumberFormat(form.dataset.locale, { style: 'currency', currency }).format(decimal);

/** Sums in whole cents: a float of money would drift. */
function sumsOf(boxes) {
  const cents = new Map();
  for (const { dataset } of boxes)
    cents.set(dataset.currency, (cents.get(dataset.currency) ?? 0n) + BigInt(dataset.cents));
  return [...cents].map(([currency, sum]) => money(decimalOf(sum), currency)).join(' + ');
}

function decimalOf(cents) {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

if (form) choosing();
organizationSearch();

function choosing() {
  const all = form.elements.namedItem('all');
  const button = form.querySelector('[data-post]');
  const page = document.querySelector('[data-choose-page]');
  const boxes = [...document.querySelectorAll('input[name="ids"]')];

  const chosen = () => boxes.filter((box) => box.checked);
  const words = () => {
    const count = all.checked ? Number(all.dataset.count) : chosen().length;
    const sums = all.checked ? all.dataset.sums : sumsOf(chosen());
    return { count, text: `${count} ${count === 1 ? 'item' : 'items'}${sums ? ` · ${sums}` : ''}` };
  };
  const update = () => {
    const { count, text } = words();
    for (const box of boxes) box.disabled = all.checked;
    page.checked = chosen().length === boxes.length;
    page.indeterminate = chosen().length > 0 && !page.checked;
    button.disabled = count === 0;
    button.textContent = count === 0 ? 'Approve and post' : `Approve and post ${text}`;
  };

  page.hidden = boxes.length === 0;
  page.addEventListener('change', () => {
    for (const box of boxes) box.checked = page.checked;
    update();
  });
  document.addEventListener('change', (event) => {
    if (event.target === all || boxes.includes(event.target)) update();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    dialog.querySelector('[data-confirm-title]').textContent = `Approve and post ${words().text}?`;
    dialog.showModal();
  });
  dialog.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());
  dialog.querySelector('[data-go]').addEventListener('click', async (event) => {
    event.target.disabled = true;
    await post(
      all.checked ? { filter: JSON.parse(form.dataset.filter) } : { ids: chosen().map((box) => box.value) },
    );
    event.target.disabled = false;
    dialog.close();
  });
  update();
}

async function post(choice) {
  try {
    const answer = await fetch('/api/billing-items/approve-and-post', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(choice),
    });
    const done = await answer.json();
    if (!answer.ok) return say(done.detail, 'bad');
    const sums = done.totals.map(({ amount, currency }) => money(amount, currency)).join(' + ');
    sessionStorage.setItem('icb.posted', JSON.stringify({ ...done, sums }));
    location.reload();
  } catch {
    say('icb cannot be reached; nothing was posted that is not shown as posted. Reload to see.', 'bad');
  }
}

const posted = sessionStorage.getItem('icb.posted');
if (posted) {
  sessionStorage.removeItem('icb.posted');
  const { posted: count, sums, skipped, undo } = JSON.parse(posted);
  const left = skipped.map(({ because }) => because);
  const why = [...new Set(left)].slice(0, 3).join('; ');
  const text = `${count} ${count === 1 ? 'item' : 'items'} posted${sums ? ` · ${sums}` : ''}.`;
  say(
    left.length > 0 ? `${text} ${left.length} left as they were: ${why}.` : text,
    left.length > 0 ? 'warn' : 'good',
  );
  if (undo) result.append(' ', undoForm(undo));
}

/** A posting can be taken back as a whole where icb itself posts. */
function undoForm(posting) {
  const undo = document.createElement('form');
  undo.method = 'post';
  undo.action = '/dashboard/items/undo-posting';
  const field = Object.assign(document.createElement('input'), {
    type: 'hidden',
    name: 'posting',
    value: posting,
  });
  const button = document.createElement('button');
  button.textContent = 'Undo';
  undo.append(field, button);
  return undo;
}

function say(text, tone) {
  result.textContent = text;
  result.className = `notice ${tone}`;
  result.hidden = false;
  result.scrollIntoView({ block: 'nearest' });
}

function organizationSearch() {
  const input = document.querySelector('[data-organizations]');
  let timer;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const query = new URLSearchParams({ search: input.value, limit: '20' });
      const answer = await fetch(`/api/organizations?${query}`);
      if (!answer.ok) return;
      const { items } = await answer.json();
      const options = items.map(({ name }) => {
        const option = document.createElement('option');
        option.value = name;
        return option;
      });
      document.querySelector('#organizations').replaceChildren(...options);
    }, 150);
  });
}

// A row is as good as its link; text can still be chosen and boxes ticked.
document.addEventListener('click', (event) => {
  const row = event.target.closest('.items-table tbody tr');
  if (!row || event.target.closest('a, input, label') || getSelection().toString()) return;
  if (!event.target.closest('td:has(input)')) row.querySelector('a').click();
});
