import { IcbError } from '../../domain/errors.ts';
import type { PsaCall } from '../../ports/psa.ts';
import { FieldInformation } from './api-types.ts';
import { type Kept, keep } from './kept.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Session } from './session.ts';

/** One field's choices. Ids differ between tenants, labels of the system's own choices do not. */
export interface Picklist {
  /** A record's value in the system's words, `Recurring Service`; undefined for one it does not list. */
  labelOf(value: string | boolean | null | undefined): string | undefined;
  /** The value of a choice by its label; throws a `psa-refused` that names it when there is none. */
  valueOf(label: string): string;
}

export interface Picklists {
  /** @param needed labels that icb cannot do without */
  of(entity: string, field: string, needed: readonly string[], call: PsaCall): Promise<Picklist>;
}

const DAY_MS = 24 * 60 * 60_000;

/** Spelling differs between `Time & Materials` and `Time and Materials`. */
export const sameLabel = (label: string): string =>
  label
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^a-z0-9]/g, '');

type Fields = ReturnType<typeof FieldInformation.parse>['fields'];

export function createPicklists(session: Session, now: () => number): Picklists {
  const entities = new Map<string, Kept<Fields>>();

  function fieldsOf(entity: string): Kept<Fields> {
    const known = entities.get(entity);
    if (known) return known;
    const place = `the fields of ${entity}`;
    const path = `${entity}/entityInformation/fields`;
    const kept = keep(
      async (call) =>
        parseAnswer(FieldInformation, await session.read({ entity, path }, place, call), place).fields,
      now,
      DAY_MS,
    );
    entities.set(entity, kept);
    return kept;
  }

  return {
    async of(entity, field, needed, call) {
      const found = (await fieldsOf(entity).get(call)).find(
        ({ name }) => sameLabel(name) === sameLabel(field),
      );
      const list = picklist(`${entity}.${field}`, found?.picklistValues ?? []);
      for (const label of needed) list.valueOf(label);
      return list;
    },
  };
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly isSystem?: boolean | null | undefined;
}

/** A choice of the MSP's own may carry a system label again, so the system's own comes first. */
export function picklist(name: string, choices: readonly Choice[]): Picklist {
  const systemFirst = choices.toSorted((a, b) => Number(b.isSystem ?? false) - Number(a.isSystem ?? false));
  const labels = new Map(choices.map(({ value, label }) => [value, label]));
  return {
    labelOf: (value) => labels.get(String(value)),
    valueOf(label) {
      const found = systemFirst.find((choice) => sameLabel(choice.label) === sameLabel(label));
      if (found) return found.value;
      throw new IcbError(
        'psa-refused',
        `Autotask’s list ${name} has no “${label}”, which icb needs: let the API user see it, and set the API user’s language to English.`,
      );
    },
  };
}
