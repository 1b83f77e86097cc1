import type { Json } from '../../src/simulators/slack/block-kit/walk-blocks.ts';
import type { BotWorld } from './bot-world.ts';

interface Control {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Json;
}

/** What one person does, by what stands on the screen: button texts, labels, names. */
export interface Person {
  type(line: string): Promise<void>;
  /** Presses a button of the top modal, or of the newest message this person sees. */
  press(text: string): Promise<void>;
  /** Ticks a checkbox, chooses in a select or radio of the top modal, found by the option's text. */
  choose(optionText: string | RegExp, inBlockWith?: string): void;
  /** As `choose`, where choosing tells the app at once. */
  pick(optionText: string | RegExp, inBlockWith?: string): Promise<void>;
  submit(): Promise<Readonly<Record<string, string>>>;
  /** The text of the top modal. */
  modal(): string;
  modalTitle(): string;
  /** Waits until the top modal says this. */
  modalSays(text: string | RegExp): Promise<string>;
  /** Waits until the newest message this person sees says this. */
  told(text: string | RegExp): Promise<string>;
}

export function person(world: BotWorld, userId: string): Person {
  const { slack } = world;
  const top = () => slack.views(userId).at(-1)?.view as Json | undefined;
  const blocks = () => (top()?.blocks ?? []) as Json[];
  const says = (text: string, wanted: string | RegExp) =>
    typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
  const modal = () => textsIn(blocks());
  const choice = (optionText: string | RegExp, inBlockWith?: string) => {
    const all = blocks();
    for (const control of controls(all)) {
      if (inBlockWith !== undefined && !textsAround(all, control.blockId).includes(inBlockWith)) continue;
      const option = optionsIn(control.element).find((one) => says(plainOf(one.text), optionText));
      if (!option) continue;
      return { control, value: control.element.type === 'checkboxes' ? [option.value] : option.value };
    }
    throw new Error(`There is no choice “${optionText}” in: ${modal()}`);
  };
  const newest = () => {
    const seen = [...slack.ephemerals(userId), ...slack.messages('C0BILLING'), ...direct()];
    return seen.toSorted((a, b) => Number(a.ts) - Number(b.ts)).at(-1);
  };
  const direct = () => {
    try {
      return slack.messages(userId);
    } catch {
      return [];
    }
  };
  return {
    async type(line) {
      await slack.command(userId, line, { channel: 'C0BILLING' });
    },
    async press(text) {
      const view = top();
      const message = newest();
      const place = view ? blocks() : (message?.blocks ?? []);
      const button = controls(place).find(
        ({ element }) => element.type === 'button' && plainOf(element.text) === text,
      );
      if (!button) throw new Error(`There is no button “${text}” in: ${textsIn(place)}`);
      const ref = view ? { viewId: String(view.id) } : { messageTs: message?.ts ?? '' };
      const { answer } = await slack.click(userId, {
        ...ref,
        actionId: button.actionId,
        blockId: button.blockId,
      });
      if (!answer.ok) throw new Error(`The app did not answer “${text}”: ${JSON.stringify(answer)}`);
    },
    choose(optionText, inBlockWith) {
      const { control, value } = choice(optionText, inBlockWith);
      slack.enter(userId, {
        viewId: String(top()?.id),
        values: { [control.blockId]: { [control.actionId]: value } },
      });
    },
    async pick(optionText, inBlockWith) {
      const { control, value } = choice(optionText, inBlockWith);
      await slack.click(userId, {
        viewId: String(top()?.id),
        actionId: control.actionId,
        blockId: control.blockId,
        value,
      });
    },
    async submit() {
      const done = await slack.submit(userId);
      return done.errors;
    },
    modal,
    modalTitle: () => plainOf(top()?.title),
    modalSays: (text) =>
      slack
        .waitFor(() => (says(modal(), text) ? modal() : undefined))
        .catch(() => {
          throw new Error(`The modal never said “${text}” but: ${modal() || 'no modal'}`);
        }),
    told: (text) =>
      slack
        .waitFor(() => {
          const seen = [...slack.ephemerals(userId), ...slack.messages('C0BILLING'), ...direct()];
          return seen.map((one) => textsIn(one.blocks)).find((one) => says(one, text));
        })
        .catch(() => {
          throw new Error(
            `Nobody told “${text}” but: ${slack
              .ephemerals(userId)
              .map((one) => textsIn(one.blocks))
              .join('\n---\n')}`,
          );
        }),
  };
}

export const plainOf = (text: unknown): string =>
  typeof text === 'object' && text !== null && 'text' in text ? String(text.text) : '';

const optionsIn = (element: Json): Json[] => [
  ...((element.options ?? []) as Json[]),
  ...((element.option_groups ?? []) as Json[]).flatMap((group) => group.options as Json[]),
];

/** Every control with the block it stands in. */
export function controls(blocks: readonly Json[]): Control[] {
  return blocks.flatMap((block) => {
    const elements = [block.accessory, block.element, ...((block.elements ?? []) as Json[])];
    return elements
      .filter((one): one is Json => typeof one === 'object' && one !== null && 'action_id' in one)
      .map((element) => ({ blockId: String(block.block_id), actionId: String(element.action_id), element }));
  });
}

/** A block's own text, or that of the section before it. */
function textsAround(blocks: readonly Json[], blockId: string): string {
  const at = blocks.findIndex((block) => block.block_id === blockId);
  return textsIn(blocks.slice(Math.max(0, at - 1), at + 1));
}

/** Everything a person reads in these blocks. */
export function textsIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(textsIn).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => (key === 'text' && typeof inner === 'string' ? inner : textsIn(inner)))
    .filter(Boolean)
    .join('\n');
}
