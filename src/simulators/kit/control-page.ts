import { html } from 'hono/html';

/** One customer of the vendor's, with how many it has of each kind. */
export interface ControlRow {
  readonly id: string;
  readonly name: string;
  readonly counts: readonly (readonly [kind: string, count: number])[];
}

export interface ControlPage {
  /** `Datto RMM` */
  readonly vendor: string;
  /** `Northwind MSP, 12 sites, 300 devices.` */
  readonly holds: string;
  /** What a row is: `site`. */
  readonly noun: string;
  /** What is counted: `Devices`. */
  readonly things: string;
  /** What tells the kinds apart, as the field of the form: `category`. */
  readonly kindField: string;
  readonly kinds: readonly string[];
  readonly rows: readonly ControlRow[];
  /** Where a row's form goes, under `/_sim/`. */
  readonly action: (id: string) => string;
  /** Where the form for a new row goes, under `/_sim/`. */
  readonly addTo?: string;
}

const SHOWN = 100;

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1b2330; }
  table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .5rem; border-bottom: 1px solid #d6dbe3; }
  td:nth-child(2) { text-align: right; font-variant-numeric: tabular-nums; } form { display: flex; gap: .4rem; }
  input, select, button { font: inherit; padding: .2rem .5rem; } input[type=number] { width: 4rem; } select { width: 11rem; } table { margin-top: 1rem; } td:first-child { font-weight: 600; } .kinds { color: #566070; }
`;

/** Lists the vendor's customers with their counts and lets a person change them, to see what the next sync makes of it. */
export function controlPage(page: ControlPage, search: string) {
  const { vendor, noun, things, kindField } = page;
  const wanted = search.trim().toLowerCase();
  const found = page.rows.filter((row) => row.name.toLowerCase().includes(wanted));
  return html`<!doctype html>
    <html lang="en">
      <head><meta charset="utf-8" /><title>${vendor} simulator</title><style>${STYLE}</style></head>
      <body>
        <h1>${vendor} simulator</h1>
        <p>A stand-in for ${vendor}: ${page.holds} Change a count here, then sync again in icb.</p>
        <form method="get"><input name="q" aria-label="Search ${noun}s" placeholder="Search ${noun}s" value="${search}" />
          <button>Search</button></form>
        <table>
          <thead><tr><th>${capital(noun)}</th><th>${things}</th><th>By ${kindField}</th><th>Change</th></tr></thead>
          <tbody>${found.slice(0, SHOWN).map((row) => rowOf(page, row, search))}</tbody>
        </table>
        ${page.addTo === undefined ? '' : newRow(page.addTo, noun)}
        ${found.length > SHOWN ? html`<p>Showing ${SHOWN} of ${found.length} ${noun}s; search for the others.</p>` : ''}
      </body>
    </html>`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const newRow = (path: string, noun: string) => html`<h2>A new ${noun}</h2>
        <form method="post" action="/_sim/${path}">
          <input name="name" aria-label="Name of the new ${noun}" placeholder="Name" required maxlength="100" />
          <button>Add ${noun}</button>
        </form>`;

function rowOf({ kindField, kinds, action }: ControlPage, { id, name, counts }: ControlRow, search: string) {
  const shown = counts.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  return html`<tr>
    <td>${name}</td>
    <td>${shown.reduce((sum, [, count]) => sum + count, 0)}</td>
    <td class="kinds">${shown.map(([kind, count]) => `${count} ${kind}`).join(', ')}</td>
    <td><form method="post" action="${`/_sim/${action(id)}?q=${encodeURIComponent(search)}`}">
      <input type="number" name="n" value="1" min="1" max="10000" aria-label="How many at ${name}" />
      <select name="${kindField}" aria-label="${capital(kindField)} at ${name}">
        ${kinds.map((kind) => html`<option>${kind}</option>`)}
      </select>
      <button name="action" value="add">Add</button><button name="action" value="remove">Remove</button>
    </form></td>
  </tr>`;
}
