// Organizations as one types, and one box to tick or clear a whole section. Without it the same forms work as they are.
const list = document.querySelector('#organizations');
let timer;

document.addEventListener('input', ({ target }) => {
  if (!list || !target.matches('[data-organizations]')) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const query = new URLSearchParams({ search: target.value, limit: '20' });
    const answer = await fetch(`/api/organizations?${query}`);
    if (!answer.ok) return;
    const { items } = await answer.json();
    list.replaceChildren(...items.map(({ name }) => new Option('', name)));
  }, 150);
});

for (const section of document.querySelectorAll('fieldset[data-all]')) {
  const boxes = [...section.querySelectorAll('input[name="change"]')];
  if (boxes.length < 2) continue;
  const label = document.createElement('label');
  label.className = 'check';
  const all = document.createElement('input');
  all.type = 'checkbox';
  label.append(all, ' All of these');
  section.querySelector('legend').after(label);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
  });
  section.addEventListener('change', (event) => event.target !== all && show());
  show();
}
