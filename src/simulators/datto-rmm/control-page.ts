import { html } from 'hono/html';
import { DEVICE_CATEGORIES } from './account.ts';
import type { HeldSite, World } from './world.ts';

const SHOWN = 100;

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1b2330; }
  table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .5rem; border-bottom: 1px solid #d6dbe3; }
  td:nth-child(2) { text-align: right; font-variant-numeric: tabular-nums; } form { display: flex; gap: .4rem; }
  input, select, button { font: inherit; padding: .2rem .5rem; } input[type=number] { width: 4rem; } select { width: 11rem; } table { margin-top: 1rem; } td:first-child { font-weight: 600; } .kinds { color: #566070; }
`;

/** Lists sites with their device counts and lets a person change them, to see what the next sync makes of it. */
export function controlPage(world: World, search: string) {
  const wanted = search.trim().toLowerCase();
  const found = world.sites().filter((site) => site.name.toLowerCase().includes(wanted));
  return html`<!doctype html>
    <html lang="en">
      <head><meta charset="utf-8" /><title>Datto RMM simulator</title><style>${STYLE}</style></head>
      <body>
        <h1>Datto RMM simulator</h1>
        <p>A stand-in for Datto RMM: ${world.accountName()}, ${world.sites().length} sites,
          ${world.rows().length} devices. Change a count here, then sync again in icb.</p>
        <form method="get"><input name="q" aria-label="Search sites" placeholder="Search sites" value="${search}" />
          <button>Search</button></form>
        <table>
          <thead><tr><th>Site</th><th>Devices</th><th>By category</th><th>Change</th></tr></thead>
          <tbody>${found.slice(0, SHOWN).map((site) => siteRow(site, search))}</tbody>
        </table>
        <h2>A new site</h2>
        <form method="post" action="/_sim/sites">
          <input name="name" aria-label="Name of the new site" placeholder="Name" required maxlength="100" />
          <button>Add site</button>
        </form>
        ${found.length > SHOWN ? html`<p>Showing ${SHOWN} of ${found.length} sites; search for the others.</p>` : ''}
      </body>
    </html>`;
}

function siteRow(site: HeldSite, search: string) {
  const kinds = [...Map.groupBy(site.devices, (device) => device.category ?? 'without category')];
  kinds.sort(([, a], [, b]) => b.length - a.length);
  const action = `/_sim/sites/${encodeURIComponent(site.uid)}/devices?q=${encodeURIComponent(search)}`;
  return html`<tr>
    <td>${site.name}</td>
    <td>${site.devices.length}</td>
    <td class="kinds">${kinds.map(([category, devices]) => `${devices.length} ${category}`).join(', ')}</td>
    <td><form method="post" action="${action}">
      <input type="number" name="n" value="1" min="1" max="10000" aria-label="How many at ${site.name}" />
      <select name="category" aria-label="Category at ${site.name}">
        ${DEVICE_CATEGORIES.map((category) => html`<option>${category}</option>`)}
      </select>
      <button name="action" value="add">Add</button><button name="action" value="remove">Remove</button>
    </form></td>
  </tr>`;
}
