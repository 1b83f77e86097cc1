import { html } from 'hono/html';
import type { PendingRow } from '../billing/approve-and-post.ts';
import { isPosted } from '../billing/ledger.ts';
import type { StandIn } from '../stand-in.ts';
import type { Row } from '../tables.ts';
import { PAGE_STYLE } from './page-style.ts';

const SHOWN = { contracts: 60, posted: 40, adjustments: 20 };

/** What an address names: a deep link leads to one company or contract. */
export interface Named {
  readonly companyId?: number;
  readonly contractId?: number;
}

interface View {
  readonly standIn: StandIn;
  readonly named: Named;
  readonly search: string;
  /** Where forms lead back to. */
  readonly back: string;
}

/** Plays the Autotask user: approves and posts, takes posted items back, and moves the clock. */
export function controlPage(view: View) {
  const { standIn } = view;
  const { world } = standIn;
  const pending = Map.groupBy(world.pending(), ({ row }) => Number(row.contractID));
  const contracts = contractsOf(view);
  const posted = world.tables.rows('BillingItems').toReversed();
  return html`<!doctype html>
    <html lang="en">
      <head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Autotask simulator</title><style>${PAGE_STYLE}</style></head>
      <body>
        <header>
          <h1>Autotask simulator</h1>
          <p>A stand-in for Autotask. Here you are the person who approves and posts; icb reads the result at its next sync.</p>
          ${clock(view)}
        </header>
        <main>
          <h2>Approve &amp; Post</h2>
          ${approveAll(view, [...pending.values()].flat().length)}
          <form method="get" action="/">
            <input name="q" value="${view.search}" aria-label="Search customers and contracts" placeholder="Search customers" />
            <button>Search</button> ${isNarrow(view) ? html`<a href="/">All customers</a>` : ''}
          </form>
          ${contracts.slice(0, SHOWN.contracts).map((contract) => contractCard(view, contract, pending.get(contract.id) ?? []))}
          ${contracts.length === 0 ? html`<p>No contract fits. <a href="/">Show all customers</a></p>` : ''}
          ${
            contracts.length > SHOWN.contracts
              ? html`<p class="soft">Showing ${SHOWN.contracts} of ${contracts.length} contracts; search for the others.</p>`
              : ''
          }
          <h2>Posted billing items</h2>
          <div class="card">${list(
            posted.slice(0, SHOWN.posted).map((item) => postedLine(view, item)),
            'Nothing is posted yet.',
          )}</div>
          ${posted.length > SHOWN.posted ? html`<p class="soft">The last ${SHOWN.posted} of ${posted.length}.</p>` : ''}
          <h2>Last adjustments of units</h2>
          <div class="card">${list(
            standIn.adjustments
              .slice(-SHOWN.adjustments)
              .toReversed()
              .map((one) => adjustmentLine(view, one)),
            'None has come in yet.',
          )}</div>
        </main>
      </body>
    </html>`;
}

const isNarrow = ({ named, search }: View): boolean => search !== '' || Object.keys(named).length > 0;

/** The contract or company named comes alone, else all with services that fit the search, by customer. */
function contractsOf({ standIn, named, search }: View): Row[] {
  const { world } = standIn;
  const wanted = search.trim().toLowerCase();
  return world.tables
    .rows('Contracts')
    .filter((contract) => named.contractId === undefined || contract.id === named.contractId)
    .filter((contract) => named.companyId === undefined || contract.companyID === named.companyId)
    .filter((contract) => isNarrow({ standIn, named, search, back: '' }) || world.isRecurring(contract))
    .filter((contract) =>
      `${nameOf(standIn, contract)} ${contract.contractName}`.toLowerCase().includes(wanted),
    )
    .sort((a, b) => nameOf(standIn, a).localeCompare(nameOf(standIn, b)));
}

const nameOf = ({ world }: StandIn, contract: Row): string =>
  String(world.tables.row('Companies', Number(contract.companyID))?.companyName ?? '');

const currencyOf = ({ world }: StandIn, contract: Row | undefined): string => {
  const company = world.tables.row('Companies', Number(contract?.companyID));
  return String(world.tables.row('Currencies', Number(company?.currencyID))?.name ?? '');
};

const clock = ({ standIn, back }: View) => html`<form method="post" action="/_sim/clock">
  <span>Today is <strong>${standIn.world.today()}</strong></span>
  <input type="hidden" name="back" value="${back}" />
  <button name="step" value="day">Next day</button><button name="step" value="month">Next month</button>
</form>`;

const throughDate = ({ standIn }: View, label: string) =>
  html`<label>through <input type="date" name="throughDate" value="${standIn.world.today()}" aria-label="${label}" required /></label>`;

const approveAll = (view: View, count: number) => html`<form method="post" action="/_sim/approve-and-post">
  <span>${count} pending in all:</span> ${throughDate(view, 'Approve and post all through')}
  <input type="hidden" name="back" value="${view.back}" /><button class="main">Approve &amp; post all</button>
</form>`;

function contractCard(view: View, contract: Row, pending: readonly PendingRow[]) {
  const { standIn, named } = view;
  const isNamed = named.contractId === contract.id || named.companyId === contract.companyID;
  const company = nameOf(standIn, contract);
  const state = standIn.world.isActive(contract) ? '' : ', inactive';
  return html`<section class="card ${isNamed ? 'named' : ''}" id="contract-${contract.id}">
    <h3>${company}: ${contract.contractName}</h3>
    <p class="soft">Contract ${contract.id}${state}, ${contract.startDate} to ${contract.endDate}. ${openUnits(standIn, contract)}</p>
    ${
      pending.length === 0
        ? html`<p class="soft">Nothing to approve.</p>`
        : html`<ul>${pending.map((one) => pendingLine(view, contract, one))}</ul>
          <form method="post" action="/_sim/approve-and-post">
            <input type="hidden" name="contractId" value="${contract.id}" /><input type="hidden" name="back" value="${view.back}" />
            ${throughDate(view, `Approve and post ${company} through`)}<button>Approve &amp; post this contract</button>
          </form>`
    }
  </section>`;
}

function openUnits({ world }: StandIn, contract: Row): string {
  const lines = world.ledger.linesOf(contract.id);
  const open = lines
    .flatMap((line) => world.ledger.rowsOf(line.contractServiceId))
    .filter((row) => !isPosted(row));
  return `${lines.length} services, ${open.length} open rows of units.`;
}

function pendingLine({ standIn, back }: View, contract: Row, { row, segment, charge }: PendingRow) {
  const service = String(standIn.world.tables.row('Services', Number(row.serviceID))?.name ?? '');
  const units =
    segment.split === undefined
      ? `${charge.quantity} units`
      : `adjustment of ${signed(charge.quantity)} units`;
  return html`<li>
    <span class="what">${service}<br /><span class="soft">${segment.start} to ${segment.period.end}, ${units} at ${price(charge.rate)}</span></span>
    <span class="amount">${charge.price.toFixed(2)} ${currencyOf(standIn, contract)}</span>
    <form method="post" action="/_sim/approve-and-post">
      <input type="hidden" name="unitRowId" value="${row.id}" /><input type="hidden" name="back" value="${back}" />
      <button aria-label="Approve and post ${service} from ${segment.start}">Approve &amp; post</button>
    </form>
  </li>`;
}

function postedLine({ standIn, back }: View, item: Row) {
  const contract = standIn.world.tables.row('Contracts', Number(item.contractID));
  return html`<li>
    <span class="what">${contract ? nameOf(standIn, contract) : ''}: ${item.itemName}<br />
      <span class="soft">${item.itemDate}, ${item.quantity} units at ${price(Number(item.rate))}, posted ${item.postedDate}</span></span>
    <span class="amount">${Number(item.extendedPrice).toFixed(2)} ${currencyOf(standIn, contract)}</span>
    <form method="post" action="/_sim/unpost">
      <input type="hidden" name="billingItemId" value="${item.id}" /><input type="hidden" name="back" value="${back}" />
      <button aria-label="Un-post ${item.itemName} of ${item.itemDate}">Un-post</button>
    </form>
  </li>`;
}

function adjustmentLine({ standIn }: View, one: StandIn['adjustments'][number]) {
  const { tables, ledger } = standIn.world;
  const line = ledger.line(one.contractServiceId);
  const contract = tables.row('Contracts', Number(line?.contractId));
  const service = tables.row('Services', Number(line?.serviceId))?.name ?? '';
  return html`<li><span class="what">${contract ? nameOf(standIn, contract) : ''}: ${service}<br />
      <span class="soft">from ${one.effectiveDate}</span></span>
    <span class="amount">${signed(one.unitChange)} units</span></li>`;
}

/** Two decimals, more where the price has them. */
const price = (amount: number): string => amount.toFixed(Number.isInteger(amount * 100) ? 2 : 4);

const signed = (count: number): string => (count > 0 ? `+${count}` : String(count));

const list = (lines: readonly unknown[], otherwise: string) =>
  lines.length === 0 ? html`<p class="soft">${otherwise}</p>` : html`<ul>${lines}</ul>`;
