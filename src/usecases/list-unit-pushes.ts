import { type Money, times } from '../domain/money.ts';
import type { PushStatus, UnitPush } from '../domain/unit-push.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';
import { namesIn } from './names.ts';

/** A push with names, in words, and with what its change comes to. */
export interface UnitPushView extends UnitPush {
  readonly organizationId: string;
  readonly organization: string;
  readonly contract: string;
  readonly service: string;
  /** Of the change, over a whole period. */
  readonly monthlyAmount?: Money;
  readonly currency?: string;
  readonly text: string;
}

/** Changes of units on their way to a remote PSA, newest first; those a person is to decide on before all others. */
export async function listUnitPushes(
  core: Core,
  { status }: { readonly status?: readonly PushStatus[] | undefined } = {},
): Promise<UnitPushView[]> {
  const snapshot = await core.store.snapshot();
  const pushes = (await snapshot.list('unitPushes')).filter(
    ({ state }) => status === undefined || status.includes(state.status),
  );
  const views = await pushViews(snapshot, pushes);
  return views.sort((a, b) => rank(b) - rank(a) || order(b.createdAt, a.createdAt) || order(a.id, b.id));
}

export async function pushViews(snapshot: Snapshot, pushes: readonly UnitPush[]): Promise<UnitPushView[]> {
  const names = await namesIn(snapshot);
  const contracts = new Map((await snapshot.list('contracts')).map((contract) => [contract.id, contract]));
  const services = new Map((await snapshot.list('contractServices')).map((service) => [service.id, service]));
  return pushes.map((push): UnitPushView => {
    const organizationId = contracts.get(push.contractId)?.organizationId ?? '';
    const service = services.get(push.contractServiceId);
    return {
      ...push,
      organizationId,
      organization: names.organization(organizationId),
      contract: names.contract(push.contractId),
      service: names.service(push.contractServiceId),
      ...(service
        ? { monthlyAmount: times(service.unitPrice, push.change), currency: service.currency }
        : {}),
      text: pushText(push),
    };
  });
}

const ATTENTION: ReadonlySet<PushStatus> = new Set(['unknown', 'refused']);
const rank = ({ state }: UnitPush): number =>
  ATTENTION.has(state.status) && !(state.status === 'refused' && state.movedTo) ? 1 : 0;

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where a push stands, in a sentence. */
export function pushText({ state, effectiveDate, wantedFrom }: UnitPush): string {
  const moved = wantedFrom ? ` It was wanted from ${wantedFrom} and counts from ${effectiveDate}.` : '';
  switch (state.status) {
    case 'queued':
      return `${state.problem ?? 'It goes with the sync under way, or the next one.'}${moved}`;
    case 'sending':
      return `It was sent; the units are read again to learn whether it was taken.${moved}`;
    case 'confirmed':
      return `The units in the PSA are as wanted.${moved}`;
    case 'refused':
      return state.text;
    case 'unknown':
      return `${state.text} Before: ${state.unitsBefore} units${state.unitsRead === undefined ? '' : `, read afterwards: ${state.unitsRead}`}. Look in the PSA and say whether it was taken.`;
    case 'settled':
      return `${state.reason}${moved}`;
  }
}
