import type { Finding } from '../../../ports/finding.ts';
import type { HttpAnswer } from '../../http/http-client.ts';

/** Beyond this a count may be dated to the wrong day. */
const SKEW_MS = 2 * 60_000;

/**
 * What a good answer tells of a connection: the key is accepted, it sees something, and the clocks agree. `seen` is a
 * number with its noun, `12 devices`; where it sees nothing, people should look at the key's rights.
 */
export const connectionFindings = (
  vendor: string,
  answer: Pick<HttpAnswer, 'date'>,
  seen: Seen,
  nowMs: number,
): Finding[] => [...seenFindings(vendor, seen), ...clockFindings(vendor, answer.date, nowMs)];

/** The same of a list that was read whole; it tells nothing of clocks. */
export const listFindings = (vendor: string, list: readonly unknown[], noun: string): Finding[] =>
  seenFindings(vendor, { count: list.length, noun });

interface Seen {
  readonly count: number;
  readonly noun: string;
}

function seenFindings(vendor: string, seen: Seen): Finding[] {
  const none = `${vendor} shows this key no ${seen.noun}: if there are some, see what the key is allowed to read.`;
  return [
    { ok: true, text: `${vendor} accepts the API key.` },
    seen.count > 0
      ? { ok: true, text: `The key sees ${seen.count} ${seen.noun}.` }
      : { ok: false, text: none },
  ];
}

function clockFindings(vendor: string, date: string | undefined, nowMs: number): Finding[] {
  const skew = Date.parse(date ?? '') - nowMs;
  // Without a date, nothing is known of the vendor's clock.
  if (Number.isNaN(skew)) return [];
  if (Math.abs(skew) <= SKEW_MS) return [{ ok: true, text: `The clocks of icb and ${vendor} agree.` }];
  const minutes = Math.round(Math.abs(skew) / 60_000);
  const side = skew > 0 ? 'behind' : 'ahead of';
  return [
    {
      ok: false,
      text: `The clock of this machine is ${minutes} minutes ${side} that of ${vendor}: set it, best by NTP.`,
    },
  ];
}
