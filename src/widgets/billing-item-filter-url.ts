import { IcbError } from '../domain/errors.ts';
import { isAbove } from '../domain/money.ts';
import { BillingItemFilter, type FilterLists } from './billing-item-filter.ts';

const LISTS = ['module', 'organization', 'contract', 'billingType', 'service'] as const;
const VALUES = ['kind', 'serviceContains', 'minAmount', 'maxAmount'] as const;
const COUNTS = ['minUnits', 'maxUnits'] as const;
const FLAGS = ['noModule', 'noBillingType'] as const;

// Lists are joined by commas; service and billing type names may hold commas themselves.
const pack = (value: string): string => value.replaceAll('%', '%25').replaceAll(',', '%2C');
const unpack = (value: string): string => value.replace(/%2C/gi, ',').replaceAll('%25', '%');

const exceptName = (name: string): string => `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;

function writeLists(params: URLSearchParams, lists: FilterLists, rename: (name: string) => string): void {
  for (const name of LISTS) {
    const values = lists[name];
    if (values?.length) params.set(rename(name), values.map(pack).join(','));
  }
  for (const name of FLAGS) if (lists[name]) params.set(rename(name), 'true');
}

/**
 * The filter as a URL query: `status=pending&module=a,b&period=2026-11`. Several months are `from=` and `to=`;
 * what is left out is `notModule=`, `notOrganization=` and so on.
 */
export function encodeBillingItemFilter(filter: BillingItemFilter): URLSearchParams {
  const params = new URLSearchParams();
  const { status, currency, period, except } = filter;
  if (status) params.set('status', status);
  writeLists(params, filter, (name) => name);
  if (except) writeLists(params, except, exceptName);
  if (period?.from && period.from === period.to) params.set('period', period.from);
  else {
    if (period?.from) params.set('from', period.from);
    if (period?.to) params.set('to', period.to);
  }
  if (currency) params.set('currency', currency);
  for (const name of [...VALUES, ...COUNTS]) {
    const value = filter[name];
    if (value !== undefined) params.set(name, String(value));
  }
  return params;
}

function readLists(params: URLSearchParams, rename: (name: string) => string): Record<string, unknown> {
  const lists: Record<string, unknown> = {};
  for (const name of LISTS) {
    const values = params.getAll(rename(name)).flatMap((text) => text.split(',').filter(Boolean).map(unpack));
    if (values.length > 0) lists[name] = values;
  }
  for (const name of FLAGS) if (params.get(rename(name)) === 'true') lists[name] = true;
  return lists;
}

function readValues(params: URLSearchParams): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of VALUES) if (params.get(name)) values[name] = params.get(name);
  for (const name of COUNTS) if (params.get(name)) values[name] = Number(params.get(name));
  return values;
}

function readPeriod(params: URLSearchParams): Record<string, string> | undefined {
  const month = params.get('period');
  const from = params.get('from') || month;
  const to = params.get('to') || month;
  if (!from && !to) return undefined;
  return { ...(from && { from }), ...(to && { to }) };
}

/** Limits that cross: no item can be between them, and whoever typed them meant something else. */
function crossed({ minAmount, maxAmount, minUnits, maxUnits, period }: BillingItemFilter): string[] {
  return [
    minAmount &&
      maxAmount &&
      isAbove(minAmount, maxAmount) &&
      `amount from ${minAmount} is above amount to ${maxAmount}`,
    minUnits !== undefined &&
      maxUnits !== undefined &&
      minUnits > maxUnits &&
      `units from ${minUnits} is above units to ${maxUnits}`,
    period?.from &&
      period.to &&
      period.from > period.to &&
      `the first month, ${period.from}, is after the last, ${period.to}`,
  ].filter((text) => typeof text === 'string' && text !== '') as string[];
}

const refused = (details: string[]): IcbError =>
  new IcbError('bad-input', `The billing items cannot be filtered like this: ${details.join('; ')}.`, {
    details,
  });

/**
 * Reads what `encodeBillingItemFilter` writes; other parameters are left to the caller, empty ones ignored.
 * @throws IcbError `bad-input` that names each wrong parameter, and limits that cross.
 */
export function decodeBillingItemFilter(params: URLSearchParams): BillingItemFilter {
  const except = readLists(params, exceptName);
  const period = readPeriod(params);
  const status = params.get('status');
  const currency = params.get('currency');
  const parsed = BillingItemFilter.safeParse({
    ...readLists(params, (name) => name),
    ...readValues(params),
    ...(status && { status }),
    ...(currency && { currency }),
    ...(period && { period }),
    ...(Object.keys(except).length > 0 && { except }),
  });
  if (!parsed.success)
    throw refused(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const limits = crossed(parsed.data);
  if (limits.length > 0) throw refused(limits);
  return parsed.data;
}
