import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import type { Core } from '../../src/usecases/core.ts';
import { findOrganization } from '../../src/usecases/list-organizations.ts';
import type { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { decodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';

export interface TypedFilter {
  /** The parts that are understood. With a problem they are not what was asked for: nothing may be done with them. */
  readonly filter: BillingItemFilter;
  /** What is not understood, as it was typed, by parameter: to be mended where it stands. */
  readonly typed: Readonly<Record<string, string>>;
  /** What is not understood and how to write it, in sentences. */
  readonly problem?: string;
}

const AMOUNT = 'Write it as 1000 or 1000.50: no separator of thousands, and a point before the cents';
const COUNT = 'Write a whole number without separators, as 1000';
const MONTH = 'Write a month as 2026-11';

const HOW: Readonly<Record<string, readonly [label: string, how: string]>> = {
  minAmount: ['Amount from', AMOUNT],
  maxAmount: ['Amount to', AMOUNT],
  minUnits: ['Units from', COUNT],
  maxUnits: ['Units to', COUNT],
  period: ['Period starts in', MONTH],
  from: ['First month', MONTH],
  to: ['Last month', MONTH],
  status: ['Status', 'It is pending or posted'],
  kind: ['Kind', 'It is period or adjustment'],
  currency: ['Currency', 'Write its three letters, as USD'],
};

/**
 * A filter that people type, or an address somebody changed. A part that is not understood must never widen what is
 * shown, downloaded or posted, so that it is told instead of left out.
 */
export async function readTypedFilter(core: Core, params: URLSearchParams): Promise<TypedFilter> {
  const parts = readParts(params);
  const name = params.get('organizationName')?.trim();
  if (!name) return told(parts.filter, parts.typed, parts.problems);
  const { organization, nearest } = await findOrganization(core, name);
  if (organization)
    return told({ ...parts.filter, organization: [organization.id] }, parts.typed, parts.problems);
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.map((one) => one.name).join(', ')}?` : '';
  return told(parts.filter, { ...parts.typed, organizationName: name }, [
    `No organization is called “${name}”.${hint}`,
    ...parts.problems,
  ]);
}

/** The filter, where all of it is understood. Error: `bad-input` with the sentences. */
export async function understoodFilter(core: Core, params: URLSearchParams): Promise<BillingItemFilter> {
  const { filter, problem } = await readTypedFilter(core, params);
  if (problem !== undefined) throw new IcbError('bad-input', problem);
  return filter;
}

function readParts(params: URLSearchParams) {
  const readable = new URLSearchParams(params);
  const typed: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of new Set(params.keys())) {
    const alone = new URLSearchParams(params.getAll(name).map((value) => [name, value]));
    if (problemOf(alone) === undefined) continue;
    readable.delete(name);
    typed[name] = params.getAll(name).join(',');
    problems.push(wordsFor(name, typed[name]));
  }
  const together = problemOf(readable);
  if (together === undefined) return { filter: decodeBillingItemFilter(readable), typed, problems };
  // Each part is readable, but limits cross: all of them stay in the form as they were typed.
  for (const name of Object.keys(HOW)) {
    const value = readable.get(name);
    if (value) typed[name] = value;
    readable.delete(name);
  }
  return { filter: decodeBillingItemFilter(readable), typed, problems: [...problems, together] };
}

function problemOf(params: URLSearchParams): string | undefined {
  try {
    decodeBillingItemFilter(params);
    return undefined;
  } catch (error) {
    if (!isIcbError(error)) throw error;
    return error.message;
  }
}

function wordsFor(name: string, value: string): string {
  const [label, how] = HOW[name] ?? [name, 'Take this part out of the address'];
  return `${label}: “${value}” is not understood. ${how}.`;
}

const told = (
  filter: BillingItemFilter,
  typed: Readonly<Record<string, string>>,
  problems: readonly string[],
): TypedFilter => ({ filter, typed, ...(problems.length > 0 && { problem: problems.join(' ') }) });
