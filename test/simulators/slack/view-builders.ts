/** The few blocks the interaction tests are made of. */
export const text = (value: string) => ({ type: 'plain_text' as const, text: value });
export const option = (value: string) => ({ text: text(value.toUpperCase()), value });
export const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input' as const,
  block_id,
  label: text(block_id),
  element: { action_id: block_id, ...element },
  ...more,
});
export const name = input('name', { type: 'plain_text_input' });
export const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal' as const,
  title: text('Title'),
  submit: text('Save'),
  blocks,
  ...more,
});
