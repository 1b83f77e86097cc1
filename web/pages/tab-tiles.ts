import { html } from 'hono/html';
import type { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import type { Placed } from '../tabs/tab-form.ts';
import { takesRow } from '../widgets/widget-pictures.ts';
import type { Html } from './html.ts';

const SIZES = { auto: 'As the chart needs', half: 'Half a row', row: 'A whole row' } as const;

/** The widgets where they will stand, each to be moved by dragging, by its buttons or by the keyboard. */
export function tabTiles(
  placed: readonly Placed[],
  known: ReadonlyMap<string, WidgetDefinition>,
  action: string,
): Html {
  if (placed.length === 0)
    return html`<div class="empty"><b>No widget on this tab yet</b><p>Choose one below: ready ones, those of the library, or your own.</p></div>`;
  return html`<ol class="tiles" data-tiles>${placed.map((each, at) => tile(each, at, placed.length, known.get(each.id), action))}</ol>`;
}

function tile(
  { id, size }: Placed,
  at: number,
  of: number,
  definition: WidgetDefinition | undefined,
  action: string,
): Html {
  const title = definition?.title ?? id;
  const move = (verb: string, label: string, sign: string, off = false): Html =>
    html`<button class="quiet" name="do" value="${verb}:${at}" formaction="${action}" formnovalidate aria-label="${label} ${title}" data-move="${verb}"${off ? html` disabled` : ''}>${sign}</button>`;
  return html`<li class="tile" data-auto="${definition && takesRow(definition) ? 'row' : 'half'}" data-title="${title}">
<input type="hidden" name="widget" value="${id}">
<div class="tile-head"><span class="grip" data-grip aria-hidden="true" title="Drag to place">⠿</span><b>${title}</b>
<span class="tile-moves">${move('up', 'Move earlier:', '←', at === 0)}${move('down', 'Move later:', '→', at === of - 1)}${move('remove', 'Take off:', '×')}</span></div>
<div class="tile-picture">${definition ? tilePicture(definition) : 'This widget is gone; take it off.'}</div>
<label class="tile-size"><span class="visually-hidden">Size of ${title}</span><select name="size">${Object.entries(SIZES).map(([value, text]) => html`<option value="${value}"${value === size ? html` selected` : ''}>${text}</option>`)}</select></label></li>`;
}

/** As the display is, where the widget itself does not say. */
const tilePicture = ({ id, theme }: WidgetDefinition): Html =>
  html`<picture>${theme ? '' : html`<source media="(prefers-color-scheme: dark)" srcset="/api/widgets/${id}.svg?theme=dark">`}<img src="/api/widgets/${id}.svg?theme=${theme ?? 'light'}" alt="" loading="lazy" draggable="false"></picture>`;
