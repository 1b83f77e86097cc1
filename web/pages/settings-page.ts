import { html } from 'hono/html';
import { ROLE_MAY, ROLES } from '../../src/domain/role.ts';
import { type RoleRow, SETTINGS_PATH, type SettingsFields } from '../settings/settings-form.ts';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { problemNotice } from './usage-page.ts';

export interface SettingsPageView {
  readonly viewer: Viewer;
  readonly fields: SettingsFields;
  readonly timeZone: string;
  /** When the schedule is due next, in words. */
  readonly defaults: { readonly syncTime: string; readonly channel: string };
  /** Names of people by Slack id, as far as icb met them. */
  readonly names: ReadonlyMap<string, string>;
  readonly saved?: boolean;
  readonly problem?: { readonly text: string; readonly details: readonly string[] } | undefined;
}

/** Rows for people and groups that have no role yet. */
const EMPTY_ROWS = 2;

/** What admins set while icb runs; the same as `/icb settings`. */
export const settingsPage = (view: SettingsPageView): Html => {
  const { fields, defaults, timeZone } = view;
  const check = (name: 'zero' | 'firstCounts', text: string): Html =>
    html`<label class="check"><input type="checkbox" name="${name}" value="yes"${fields[name] ? html` checked` : ''}> ${text}</label>`;
  return layout(
    { title: 'Settings', at: SETTINGS_PATH, viewer: view.viewer },
    html`<header class="page-head"><div><h1>Settings</h1><p>They count from the moment they are saved; <kbd>/icb settings</kbd> in Slack shows the same.</p></div></header>
${view.saved ? html`<div class="notice good" role="status">Saved. <kbd>/icb log</kbd> in Slack says what was changed.</div>` : ''}
${view.problem ? problemNotice(view.problem) : ''}
<form class="panel settings" method="post" action="${SETTINGS_PATH}">
<input type="hidden" name="revision" value="${fields.revision}"><input type="hidden" name="seen" value="${JSON.stringify(fields.seen)}">
<fieldset><legend>Nightly sync</legend>
<label class="field"><span>Time (${timeZone}), or a cron expression</span><input type="text" name="time" value="${fields.time}" maxlength="100" placeholder="${defaults.syncTime}"></label>
<label class="field"><span>Slack channel of summaries and postings (its id)</span><input type="text" name="channel" value="${fields.channel}" maxlength="30" placeholder="${defaults.channel}"></label></fieldset>
<fieldset><legend>Counts that wait for a person</legend>
<div class="field">${check('zero', 'A count that falls to zero')}${check('firstCounts', 'The first count of a mapping')}</div>
<label class="field"><span>A jump of more than … percent</span><input type="number" name="jumpPercent" value="${fields.jumpPercent}" min="0" step="any" required></label>
<label class="field"><span>… and of more than … units</span><input type="number" name="jumpUnits" value="${fields.jumpUnits}" min="0" step="1" required></label></fieldset>
<fieldset><legend>Posting</legend>
<label class="field wide"><span>A second person posts above</span><input type="text" name="limits" value="${fields.limits}" maxlength="300" placeholder="USD 1000, EUR 800" aria-describedby="limits-hint"></label>
<p id="limits-hint" class="muted">An amount a currency. Empty: one person may post any amount.</p></fieldset>
<fieldset><legend>Roles of people</legend>
<ul class="muted">${ROLES.map((role) => html`<li>${role}: may ${ROLE_MAY[role]}</li>`)}</ul>
<p class="muted">By Slack member id. Everybody else is a viewer. To take a role away, empty its id.</p>
${rows(fields.people, 'person', 'Slack member id', view.names)}</fieldset>
<fieldset><legend>Roles of Slack user groups</legend>
<p class="muted">Whoever is a member has the role.</p>
${rows(fields.groups, 'group', 'User group id', new Map())}</fieldset>
<div class="action-bar"><span class="muted">Who saves what is in the audit log.</span><div class="actions"><button class="primary">Save</button></div></div>
</form>`,
  );
};

const rows = (
  given: readonly RoleRow[],
  name: 'person' | 'group',
  label: string,
  names: ReadonlyMap<string, string>,
): Html => {
  const empty: RoleRow[] = Array.from({ length: EMPTY_ROWS }, () => ({ id: '', role: 'operator' }));
  return html`<div class="role-rows">${[...given, ...empty].map(({ id, role }, at) => {
    const who = names.get(id) ?? (id || `new ${name} ${at - given.length + 1}`);
    return html`<div class="role-row"><input type="text" name="${name}" value="${id}" maxlength="30" aria-label="${label}, ${who}" placeholder="${name === 'person' ? 'U0123ABCD' : 'S0123ABCD'}">
<select name="${name}-role" aria-label="Role of ${who}">${ROLES.filter((each) => each !== 'viewer' || role === 'viewer').map((each) => html`<option${each === role ? html` selected` : ''}>${each}</option>`)}</select>
${names.has(id) ? html`<span>${names.get(id)}</span>` : ''}</div>`;
  })}</div>`;
};
