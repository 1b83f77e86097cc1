import { html } from 'hono/html';
import type { Html } from './html.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly byApi: boolean;
}

/** Modules to choose from: first those whose counts only people can bring. */
export function moduleOptions(modules: readonly Choice[], chosen: string | undefined): Html {
  const group = (label: string, own: readonly Choice[]): Html =>
    own.length === 0
      ? ''
      : html`<optgroup label="${label}">${own.map(
          ({ id, name }) =>
            html`<option value="${id}"${id === chosen ? html` selected` : ''}>${name}</option>`,
        )}</optgroup>`;
  const byName = modules.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return html`${group(
    'Brought by people',
    byName.filter(({ byApi }) => !byApi),
  )}${group(
    'Counted by icb each night',
    byName.filter(({ byApi }) => byApi),
  )}`;
}
