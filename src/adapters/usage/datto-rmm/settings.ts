import { IcbError } from '../../../domain/errors.ts';
import { apiRoot } from '../../http/api-root.ts';

/**
 * The vendor leaves devices of the global device group `_NotBillable_` out of its counts. Its API has no groups, so
 * that group is named here by what the API does have: a custom filter, or a user-defined field (1–300) with a value.
 */
export type NotBillable = { readonly filterId?: number } | { readonly udf?: number; readonly value?: string };

export interface DattoRmmSettings {
  /** The platform's API, `https://zinfandel-api.centrastage.net`; `/api` or `/api/v2` behind it is forgiven. */
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly notBillable?: NotBillable;
}

export type NotBillableRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'filter'; readonly filterId: number }
  | { readonly kind: 'udf'; readonly udf: number; readonly value: string };

export function notBillableRule(setting: NotBillable | undefined): NotBillableRule {
  if (setting === undefined) return { kind: 'none' };
  if ('filterId' in setting && setting.filterId !== undefined) {
    return { kind: 'filter', filterId: setting.filterId };
  }
  if ('udf' in setting && setting.udf !== undefined) {
    return { kind: 'udf', udf: setting.udf, value: setting.value ?? '_NotBillable_' };
  }
  // Left out silently, the rule would bill devices somebody meant to exclude.
  throw new IcbError(
    'config',
    'The Datto RMM rule for devices that are not billable names neither a filter nor a user-defined field: give one, or remove the rule.',
  );
}

/** The API's root with a closing slash. */
export const dattoRmmRoot = (apiUrl: string): URL =>
  apiRoot(apiUrl, {
    setting: 'DATTO_RMM_API_URL',
    example: 'https://zinfandel-api.centrastage.net',
    ending: /\/api(\/v2)?\/$/,
  });
