import type { ShownMessage } from './payloads.ts';

const KEPT = 200;

/**
 * Messages a form was opened from. Slack sends a message with the click, but not with the form's submit, and reading it
 * back would take the right to read the channel. Lost with a restart: then the message is mended by the next click.
 */
export class ClickedMessages {
  readonly #messages = new Map<string, ShownMessage>();

  keep(channel: string, message: ShownMessage): void {
    const key = `${channel} ${message.ts}`;
    this.#messages.delete(key);
    this.#messages.set(key, message);
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > KEPT && oldest !== undefined) this.#messages.delete(oldest);
  }

  find(channel: string, ts: string): ShownMessage | undefined {
    return this.#messages.get(`${channel} ${ts}`);
  }
}
