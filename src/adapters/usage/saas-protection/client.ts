import type { z } from 'zod';
import type { IcbError } from '../../../domain/errors.ts';
import { parseAnswer } from '../../http/parse-answer.ts';
import type { Call, ClientDeps, Patience } from '../../http/vendor-session.ts';
import { type DattoApi, RETRY } from '../datto-api/datto-api.ts';
import { rowsOf } from '../datto-api/rows-of.ts';
import { SaasDomain, SaasSeat } from './api-types.ts';

/** The seats, or why they could not be listed. */
export type Seats = readonly SaasSeat[] | 'too-many';

export interface SaasProtectionClient {
  domains(call: Call): Promise<readonly SaasDomain[]>;
  /** All seats of one customer. The vendor cannot page them, and gives up on large customers: then `too-many`. */
  seats(customerId: string, call: Call): Promise<Seats>;
}

/** The list of domains takes the vendor 20 to 34 seconds, seats of a customer up to 90. */
const TIMEOUT_MS = 90_000;
const GATEWAY_TIMEOUT = 504;

export function createSaasProtectionClient(
  api: DattoApi,
  { timeoutMs = TIMEOUT_MS }: Pick<ClientDeps, 'timeoutMs'> = {},
): SaasProtectionClient {
  const session = api.session({
    name: 'SaaS Protection',
    settings: 'SAAS_PROTECTION',
    rights: 'let the API key read SaaS Protection in the Datto Partner Portal',
  });
  const patient: Patience = { timeoutMs };
  // A gateway that gave up on a large customer does so again.
  const forSeats: Patience = {
    timeoutMs,
    retry: { ...RETRY, failureWaits: [2_000], final: [GATEWAY_TIMEOUT] },
    lateIs: GATEWAY_TIMEOUT,
  };

  const listOf = <Row extends z.ZodType>(row: Row, text: string, place: string): z.infer<Row>[] =>
    parseAnswer(rowsOf(row), text, (fault: string): IcbError => session.problems.malformed(place, fault));

  return {
    async domains(call) {
      const place = 'saas/domains';
      const text = await session.read(new URL(place, session.root), place, call, patient);
      return listOf(SaasDomain, text, place);
    },
    async seats(customerId, call) {
      const place = `saas/${customerId}/seats`;
      // Without a filter by seat type: one would hide the types the vendor adds later.
      const url = new URL(`saas/${encodeURIComponent(customerId)}/seats`, session.root);
      const answer = await session.ask(url, call, forSeats);
      if (answer.status === GATEWAY_TIMEOUT) return 'too-many';
      const problem = session.problems.ofStatus(answer, place);
      if (problem) throw problem;
      return listOf(SaasSeat, answer.text, place);
    },
  };
}
