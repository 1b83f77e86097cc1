// Sends the form as it is typed and puts the server's newer parts into the page; without it, Preview does the same.
const WAIT = 300;
const form = document.querySelector('[data-builder]');
const source = form.querySelector('[data-source]');
const said = form.querySelector('[data-said]');
let edits = 0;
let dirty = false;
let timer;

form.querySelector('[data-preview]')?.setAttribute('hidden', '');
form.querySelector('[data-use-json]')?.setAttribute('hidden', '');
for (const button of form.querySelectorAll('[data-copy]')) button.hidden = false;

form.addEventListener('input', (event) => {
  if (!event.target.name) return;
  edits++;
  dirty = true;
  source.value = event.target.name === 'json' ? 'json' : 'form';
  if (event.target.matches('[data-where]')) {
    const value = event.target.parentElement.querySelector('[name="where-value"]');
    value.setAttribute('list', `list-${event.target.value || 'module'}`);
  }
  clearTimeout(timer);
  timer = setTimeout(preview, WAIT);
});

form.addEventListener('submit', (event) => {
  const { submitter } = event;
  if (!submitter || submitter.matches('[data-save]')) {
    dirty = false;
    return;
  }
  event.preventDefault();
  clearTimeout(timer);
  edits++;
  preview(submitter.name === 'do' ? submitter.value : '');
});

async function preview(asked = '') {
  const at = edits;
  const data = new FormData(form);
  if (asked) data.set('do', asked);
  form.querySelector('#part-preview').setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch('/dashboard/widgets/preview', { method: 'POST', body: data });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (at !== edits) return;
    if (!page.querySelector('[data-builder]')) throw new Error(page.querySelector('main')?.textContent);
    show(page, asked ? 'part-conditions' : '');
    said.hidden = true;
    if (asked) focusRow(asked);
  } catch (error) {
    said.textContent = error.message.trim() || 'icb cannot be reached; what you typed is still here.';
    said.className = 'notice bad';
    said.hidden = false;
  }
  form.querySelector('#part-preview').setAttribute('aria-busy', 'false');
}

/** Parts in which somebody is typing stay as they are. */
function show(page, always) {
  for (const part of form.querySelectorAll('[data-part]')) {
    const newer = page.getElementById(part.id);
    const typing = part.contains(document.activeElement) && part.id !== always;
    if (newer && !typing && newer.outerHTML !== part.outerHTML) part.replaceWith(newer);
  }
}

function focusRow(asked) {
  const rows = [...form.querySelectorAll('.condition')];
  const last = rows.at(-1);
  if (asked === 'add-condition') last?.querySelector('select').focus();
  else (last?.querySelector('button') ?? form.querySelector('[value="add-condition"]')).focus();
}

form.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const text = form.querySelector(button.dataset.copy === 'json' ? '[name="json"]' : '[data-spec]');
  try {
    await navigator.clipboard.writeText(text.value);
    say(button.href ? 'The spec is copied: paste it into the editor.' : 'Copied.');
  } catch {
    text.focus();
    text.select();
    say('Press Ctrl+C to copy what is selected.');
  }
});

function say(text) {
  said.textContent = text;
  said.className = 'notice good';
  said.hidden = false;
}

addEventListener('beforeunload', (event) => {
  if (dirty) event.preventDefault();
});
