const ROW = ['where-field', 'where-is', 'where-value'] as const;

/** The form with a row of conditions more or less, as the button that sent it asks. */
export function withRows(form: FormData): FormData {
  const asked = String(form.get('do') ?? '');
  if (asked === 'add-condition') {
    form.append('where-field', 'module');
    form.append('where-is', 'is');
    form.append('where-value', '');
  }
  const removed = asked.match(/^remove-condition:(\d+)$/)?.[1];
  if (removed === undefined) return form;
  for (const name of ROW) {
    const values = form.getAll(name);
    form.delete(name);
    for (const [at, value] of values.entries()) if (at !== Number(removed)) form.append(name, value);
  }
  return form;
}
