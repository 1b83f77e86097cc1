import { html } from 'hono/html';
import type {
  BillingTypeRow,
  ContractSheet,
  ServiceMappingSheet,
} from '../../src/usecases/service-mapping-sheet.ts';
import type { Html } from './html.ts';
import { percent } from './mappings-page.ts';

/** What an organization's usage is billed as, contract by contract, and what is suggested where nobody chose yet. */
export function organizationServices({ organization, contracts, because }: ServiceMappingSheet): Html {
  return html`<section class="panel mappings services" aria-labelledby="services"><h2 id="services">Services</h2>
<p class="muted">Which contract service each billing type counts on. Choose with <code>/icb services ${organization.name}</code> in Slack; nothing suggested is saved by itself.</p>
${because ? html`<p class="notice">${because}</p>` : contracts.map(contractTable)}</section>`;
}

interface Row extends BillingTypeRow {
  readonly module: string;
}

function contractTable(sheet: ContractSheet): Html {
  const { contract, sections, services } = sheet;
  const rows = sections.flatMap((section) =>
    section.rows.filter(isWorthShowing).map((row): Row => ({ ...row, module: section.module.name })),
  );
  const names = new Map<string, string>(services.map(({ id, name }) => [id, name]));
  if (sheet.because)
    return html`<p class="muted"><b>${contract.name}</b> cannot be billed by usage: ${sheet.because}.</p>`;
  if (rows.length === 0)
    return html`<p class="muted"><b>${contract.name}</b>: nothing is counted for it yet.</p>`;
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="Services of ${contract.name}"><table>
<caption>${contract.name}</caption>
<thead><tr><th scope="col">Billing type</th><th scope="col">Module</th><th scope="col">Counted</th><th scope="col">Contract service</th></tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${row.billingType.label}</th><td>${row.module}</td><td>${row.count ?? 'not yet'}</td><td>${standing(row, names)}</td></tr>`)}</tbody></table></div>`;
}

const isWorthShowing = ({ count = 0, mapping, suggestion }: BillingTypeRow): boolean =>
  count > 0 || mapping !== undefined || suggestion !== undefined;

function standing({ mapping, suggestion }: Row, names: ReadonlyMap<string, string>): Html {
  if (mapping?.status === 'mapped')
    return html`${names.get(mapping.contractServiceId) ?? 'a service that is gone'}<span class="sub">by ${mapping.by.name}</span>`;
  if (mapping) return html`<span class="tag">ignored</span><span class="sub">by ${mapping.by.name}</span>`;
  if (!suggestion) return html`<span class="tag">open</span>`;
  return html`<span class="tag running">suggested</span> ${names.get(suggestion.contractServiceId)} <span class="muted">${percent(suggestion.confidence)}</span><span class="sub">${suggestion.reason}</span>`;
}
