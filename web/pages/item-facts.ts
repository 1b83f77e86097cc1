import { html } from 'hono/html';
import type { Html } from './html.ts';
import type { ItemPageView } from './item-page.ts';

export function itemFacts({ explanation, names, show }: ItemPageView): Html {
  const { item, price, changedBy } = explanation;
  const rows: readonly (readonly [string, string])[] = [
    ['Organization', item.organization],
    ['Contract', item.contract],
    ['Service', item.service],
    ['Module', names.module(item.module)],
    ['Billing type', names.billingType(item.module, item.billingType)],
    ['Item date', show.day(item.itemDate)],
    ['Units', show.units(item.units)],
    ['Price', price],
    ...(changedBy
      ? ([
          [
            'Sync',
            `${show.instant(changedBy.at)} by ${changedBy.by.name}: ${changedBy.oldUnits} → ${changedBy.newUnits}. ${changedBy.reason.text}`,
          ],
        ] as const)
      : []),
  ];
  return html`<section class="panel"><h2>Billing item</h2><dl class="facts">${rows.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl></section>`;
}

/** Rule, and who mapped what, when, from which suggestion. */
export function itemMappings({ explanation, names, show }: ItemPageView): Html {
  const { item, serviceMapping, organizationMappings, rule } = explanation;
  if (!serviceMapping && organizationMappings.length === 0) return '';
  const moved = serviceMapping && serviceMapping.contractServiceId !== item.contractServiceId;
  return html`<section class="panel"><h2>Rule and mappings</h2>
${rule.map((sentence) => html`<p>${sentence}</p>`)}
<dl class="facts">
${serviceMapping ? html`<dt>Service mapping</dt><dd>${serviceMapping.unitRule}, by ${serviceMapping.by.name}, ${show.instant(serviceMapping.at)}${moved ? html`; the billing type is now on ${names.service(serviceMapping.contractServiceId)}` : ''}</dd>` : ''}
${organizationMappings.map(
  (one) =>
    html`<dt>${one.moduleOrganization}</dt><dd>→ ${names.organization(one.organizationId)}, by ${one.by.name}, ${show.instant(one.at)}${
      one.suggestion
        ? html` <span class="muted">(suggested with ${Math.round(one.suggestion.confidence * 100)} %: ${one.suggestion.reason})</span>`
        : ''
    }</dd>`,
)}</dl></section>`;
}
