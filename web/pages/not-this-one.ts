import { html } from 'hono/html';
import type { MappingSheetRow } from '../../src/usecases/mapping-sheet.ts';
import type { Html } from './html.ts';
import type { Show } from './show.ts';

type Row = Pick<MappingSheetRow, 'id' | 'name' | 'rejected'>;

/** A box that rejects one suggestion: it goes to the review with the rest of the form. */
export const notThisOne = (
  { id, name }: Row,
  candidate: { readonly organizationId: string; readonly name: string },
): Html =>
  html`<label class="check not"><input type="checkbox" name="not" value="${JSON.stringify([id, candidate.organizationId])}" aria-label="Not this one: ${name} is not ${candidate.name}"> Not this one</label>`;

/** What people said it is not, so that nobody wonders why it is not suggested. */
export const notThose = ({ rejected = [] }: Row, show: Show): Html =>
  html`${rejected.map(({ organization, by, at }) => html`<span class="sub">not ${organization}: ${by.name}, ${show.instant(at)}</span>`)}`;
