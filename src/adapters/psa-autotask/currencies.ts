import * as money from '../../domain/money.ts';
import type { PsaCall } from '../../ports/psa.ts';
import { Currency } from './api-types.ts';
import { EVERYTHING } from './filter.ts';
import { type Kept, keep } from './kept.ts';
import { readAll } from './read-all.ts';
import type { Session } from './session.ts';

/** Three-letter codes by Autotask's id of a currency. */
export type Currencies = ReadonlyMap<string, string>;

const DAY_MS = 24 * 60 * 60_000;

/** The few currencies of an MSP, read once a day. */
export const createCurrencies = (session: Session, now: () => number): Kept<Currencies> =>
  keep(
    async (call: PsaCall) => {
      const rows = await readAll(session, { entity: 'Currencies', filter: EVERYTHING, row: Currency }, call);
      return new Map(
        rows.flatMap(({ id, name }) => {
          const code = money.Currency.safeParse(name?.trim().toUpperCase());
          return code.success ? [[id, code.data] as const] : [];
        }),
      );
    },
    now,
    DAY_MS,
  );
