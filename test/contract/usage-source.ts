import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ErrorCode, IcbError } from '../../src/domain/errors.ts';
import type { UsageAnswer, UsageSource } from '../../src/ports/usage-source.ts';

export type SourceFailure = Extract<ErrorCode, 'source-unavailable' | 'source-refused' | 'source-malformed'>;

/** One usage source with the vendor's stand-in behind it. The source's waits between retries must take no real time. */
export interface UsageSourceSetup {
  readonly source: UsageSource;
  /** What the stand-in holds: every module organization, and every count that is not zero. */
  readonly expected: {
    readonly externalIds: readonly string[];
    readonly counts: readonly (readonly [externalId: string, billingType: string, quantity: number])[];
  };
  /** Every billing type the module counts. */
  readonly billingTypes: readonly string[];
  /** Text that must never show in an error. */
  readonly secrets: readonly string[];
  /** HTTP requests the stand-in has seen so far. */
  readonly requestsSeen: () => number;
  /** Makes every further count end so, until `repair`. */
  readonly fail: (code: SourceFailure) => void;
  /** Makes the vendor answer late enough to stop a count in between. */
  readonly slowDown: () => void;
  readonly repair: () => void;
  readonly close: () => Promise<void>;
}

const FAILURES: readonly SourceFailure[] = ['source-unavailable', 'source-refused', 'source-malformed'];

const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join('\t')).sort();

const flat = (answer: UsageAnswer) =>
  answer.counts.map((count) => [count.externalId, count.billingType, count.quantity]);

/** Everything an edge or a logger could print of an error. */
function printed(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.entries(error).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [error.message, error.stack, ...own, error.cause === undefined ? '' : printed(error.cause)].join(
    '\n',
  );
}

/** What every adapter of the usage source port keeps to. */
export function usageSourceContract(name: string, open: () => Promise<UsageSourceSetup>): void {
  describe(`usage source contract: ${name}`, () => {
    let setup: UsageSourceSetup;
    const never = new AbortController().signal;
    const count = () => setup.source.count({ signal: never });

    beforeEach(async () => {
      setup = await open();
    });
    afterEach(() => setup.close());

    it('answers every module organization and every count', async () => {
      const answer = await count();
      expect(answer.organizations.map((organization) => organization.externalId).sort()).toEqual(
        [...setup.expected.externalIds].sort(),
      );
      expect(sorted(flat(answer).filter(([, , quantity]) => quantity !== 0))).toEqual(
        sorted(setup.expected.counts),
      );
    });

    it('counts whole numbers, once each, of its own billing types, for organizations it names', async () => {
      const { counts, organizations } = await count();
      const named = new Set(organizations.map((organization) => organization.externalId));
      const keys = counts.map((row) => `${row.externalId}\t${row.billingType}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(counts.length).toBeGreaterThan(0);
      for (const row of counts) {
        expect(Number.isSafeInteger(row.quantity) && row.quantity >= 0).toBe(true);
        expect(named).toContain(row.externalId);
        expect(setup.billingTypes).toContain(row.billingType);
      }
      expect(organizations.every((organization) => organization.name.trim() !== '')).toBe(true);
    });

    it('shows devices that add up to the counts of their billing types', async () => {
      const { counts, devices } = await count();
      expect(new Set(devices.map((device) => device.id)).size).toBe(devices.length);
      const shown = Map.groupBy(devices, (device) => `${device.externalId}\t${device.billingType}`);
      const counted = new Map(counts.map((row) => [`${row.externalId}\t${row.billingType}`, row.quantity]));
      for (const [key, group] of shown) expect(counted.get(key)).toBe(group.length);
    });

    it('gives the same answer again while nothing changes', async () => {
      expect(await count()).toEqual(await count());
    });

    it('reports each request it makes, and progress that ends complete', async () => {
      const before = setup.requestsSeen();
      let requests = 0;
      const progress: (readonly [number, number])[] = [];
      await setup.source.count({
        signal: never,
        onRequest: () => requests++,
        onProgress: (done, total) => progress.push([done, total]),
      });
      expect(requests).toBeGreaterThan(0);
      expect(setup.requestsSeen() - before).toBe(requests);
      const [done, total] = progress.at(-1) ?? [];
      expect(done).toBe(total);
      expect(progress.every(([at, of]) => at <= of)).toBe(true);
    });

    for (const code of FAILURES) {
      it(`fails as ${code} with a sentence and no secret, and counts again once repaired`, async () => {
        const whole = await count();
        setup.fail(code);
        const error = await count().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(IcbError);
        const failure = error as IcbError;
        expect(failure.code).toBe(code);
        expect(failure.message).toMatch(/^[A-Z].{30,}\.$/s);
        for (const secret of setup.secrets) expect(printed(failure)).not.toContain(secret);
        setup.repair();
        expect(await count()).toEqual(whole);
      });
    }

    it('makes no request once its signal is aborted', async () => {
      const before = setup.requestsSeen();
      await expect(setup.source.count({ signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'source-unavailable',
      });
      expect(setup.requestsSeen()).toBe(before);
    });

    it('stops in the middle of a request when its signal is aborted', async () => {
      setup.slowDown();
      const stop = new AbortController();
      const counting = setup.source.count({
        signal: stop.signal,
        onRequest: () => setTimeout(() => stop.abort(), 5),
      });
      await expect(counting).rejects.toMatchObject({ code: 'source-unavailable' });
    });
  });
}
