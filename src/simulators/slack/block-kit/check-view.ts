import { z } from 'zod';
import { checkBlocks } from './check-blocks.ts';
import { LIMITS } from './limits.ts';
import { chars, plainText } from './objects.ts';
import { type Problem, problemsOf } from './problem.ts';
import { isJson, list } from './walk-blocks.ts';

const common = {
  blocks: z.array(z.unknown()),
  private_metadata: chars(LIMITS.view.privateMetadata, 0).optional(),
  callback_id: chars(LIMITS.view.callbackId, 0).optional(),
  external_id: chars(LIMITS.view.externalId, 0).optional(),
};

const modal = z.strictObject({
  type: z.literal('modal'),
  ...common,
  title: plainText(LIMITS.view.title),
  submit: plainText(LIMITS.view.submit).optional(),
  close: plainText(LIMITS.view.close).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});
const home = z.strictObject({ type: z.literal('home'), ...common });

/** Everything Slack would refuse in a modal or Home view. `expected` is what the method takes. */
export function checkView(view: unknown, expected: 'modal' | 'home', base = '/view'): Problem[] {
  if (!isJson(view)) return [{ message: 'must provide an object', pointer: base }];
  const parsed = (expected === 'modal' ? modal : home).safeParse(view);
  const shape = parsed.success ? [] : problemsOf(parsed.error, view, base);
  const blocks = checkBlocks(view.blocks, expected, `${base}/blocks`);
  const needsSubmit =
    expected === 'modal' &&
    view.submit === undefined &&
    list(view.blocks).some((one) => one.type === 'input');
  return [
    ...shape.filter((problem) => problem.pointer !== `${base}/blocks`),
    ...blocks,
    ...(Array.isArray(view.blocks) && view.blocks.length === 0
      ? [{ message: 'no fewer than 1 items allowed', pointer: `${base}/blocks` }]
      : []),
    ...(needsSubmit
      ? [{ message: 'missing required field: submit (the view holds an input block)', pointer: base }]
      : []),
  ];
}

export const isViewTooLarge = (view: unknown): boolean =>
  Buffer.byteLength(JSON.stringify(view) ?? '') > LIMITS.view.bytes;
