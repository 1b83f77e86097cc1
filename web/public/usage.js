// A file can be dropped anywhere on the form; without scripts the file field does the same.
const form = document.querySelector('[data-upload]');
const drop = form?.querySelector('[data-drop]');
const input = drop?.querySelector('input');

if (form) {
  for (const kind of ['dragenter', 'dragover'])
    form.addEventListener(kind, (event) => {
      if (![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      drop.classList.add('over');
    });
  form.addEventListener('dragleave', (event) => {
    if (!form.contains(event.relatedTarget)) drop.classList.remove('over');
  });
  form.addEventListener('drop', (event) => {
    const [file] = event.dataTransfer.files;
    drop.classList.remove('over');
    if (!file) return;
    event.preventDefault();
    const one = new DataTransfer();
    one.items.add(file);
    input.files = one.files;
    input.focus();
  });
}
