import type { IsoDate } from '../domain/calendar.ts';
import { isTaken, type UnitPush, wantedDay } from '../domain/unit-push.ts';

/** Which day changes of units were wanted from that a PSA took from a later one. */
export class MovedDays {
  readonly #earlier = new Map<string, IsoDate>();

  constructor(pushes: readonly UnitPush[]) {
    for (const push of pushes) {
      if (push.wantedFrom === undefined || !isTaken(push)) continue;
      const key = keyOf(push.contractServiceId, push.effectiveDate);
      const known = this.#earlier.get(key);
      const wanted = wantedDay(push);
      if (wanted < (known ?? push.effectiveDate)) this.#earlier.set(key, wanted);
    }
  }

  /** The first day of those that moves have tied together; the day itself where none has. */
  wanted(contractServiceId: string, day: IsoDate): IsoDate {
    let first = day;
    for (let next: IsoDate | undefined = day; next !== undefined; ) {
      first = next;
      next = this.#earlier.get(keyOf(contractServiceId, first));
    }
    return first;
  }
}

const keyOf = (contractServiceId: string, day: IsoDate): string => `${contractServiceId} ${day}`;
