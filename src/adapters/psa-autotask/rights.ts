import type { PsaCall } from '../../ports/psa.ts';
import { EntityInformation } from './api-types.ts';
import { parseAnswer } from './parse-answer.ts';
import { noRight } from './problems.ts';
import type { Session } from './session.ts';
import { together } from './together.ts';

interface Need {
  readonly entity: string;
  readonly to: 'read' | 'create';
}

const NEEDS: readonly Need[] = [
  { entity: 'Companies', to: 'read' },
  { entity: 'Contracts', to: 'read' },
  { entity: 'Services', to: 'read' },
  { entity: 'ContractServices', to: 'read' },
  { entity: 'ContractServiceUnits', to: 'read' },
  { entity: 'BillingItems', to: 'read' },
  { entity: 'ContractServiceAdjustments', to: 'create' },
];

export interface Right extends Need {
  /** Undefined: the API user has it. */
  readonly problem: string | undefined;
}

/** What the API user may do of that which icb needs, as Autotask itself tells it. */
export const readRights = (session: Session, call: PsaCall): Promise<readonly Right[]> =>
  together(call, (inner) => Promise.all(NEEDS.map((need) => rightOf(session, need, inner))));

async function rightOf(session: Session, need: Need, call: PsaCall): Promise<Right> {
  const { entity, to } = need;
  const place = `the rights on ${entity}`;
  const lacking = { ...need, problem: noRight(`to ${to} ${entity}`).message };
  const answer = await session.send({ entity, path: `${entity}/entityInformation` }, call);
  if (answer.status === 403) return lacking;
  const { info } = parseAnswer(EntityInformation, session.bodyOf(answer, place), place);
  const [able, access] =
    to === 'read' ? [info.canQuery, info.userAccessForQuery] : [info.canCreate, info.userAccessForCreate];
  return able === false || isNone(access) ? lacking : { ...need, problem: undefined };
}

/** A word where recorded; the specification leaves its type open. */
const isNone = (access: unknown): boolean => typeof access === 'string' && access.toLowerCase() === 'none';
