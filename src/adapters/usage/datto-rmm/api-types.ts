import { z } from 'zod';

/**
 * What icb reads of Datto RMM API v2. Unknown extra fields are dropped; a field that decides what is billed must be
 * there, if only as null: were it renamed by the vendor, every device would quietly fall into another billing type.
 */
export const TokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Seconds; the vendor gives about 360,000 (100 hours). */
  expires_in: z.number().positive().default(360_000),
});

/** `nextPageUrl` is null, "" or absent on the last page, by build of the vendor's platform. */
export const PageDetails = z.object({
  totalCount: z.number().int().nonnegative(),
  nextPageUrl: z.string().nullish(),
});
export type PageDetails = z.infer<typeof PageDetails>;

/** How much of the account's limit is used up in the sliding window. */
export const RequestRate = z.object({
  accountCount: z.number().int().nonnegative(),
  accountRateLimit: z.number().int().positive(),
});

export const Site = z.object({
  uid: z.string().min(1),
  name: z.string(),
  onDemand: z.boolean().nullable(),
  /** Set when the vendor's own PSA integration mapped the site. Text by the specification, seen as a number too. */
  autotaskCompanyId: z.union([z.string(), z.number().int()]).nullish(),
});
export type Site = z.infer<typeof Site>;

const UdfValue = z.string().nullish();

/** 300 user-defined fields on each device take longer to check than all the rest: read only where a rule needs one. */
export const Device = z.object({
  uid: z.string().min(1),
  siteUid: z.string().min(1),
  siteName: z.string().nullish(),
  hostname: z.string().nullish(),
  deviceClass: z.string().nullable(),
  deviceType: z.object({ category: z.string().nullable() }).nullable(),
  deleted: z.boolean().nullable(),
});
export type Device = z.infer<typeof Device> & {
  readonly udf?: Readonly<Record<string, string | null | undefined>>;
};

/** One page of a list, whatever the vendor calls the rows. */
export interface Page<Row> {
  readonly pageDetails: PageDetails;
  readonly rows: readonly Row[];
}

export const SitesPage: z.ZodType<Page<Site>> = z
  .object({ pageDetails: PageDetails, sites: z.array(Site) })
  .transform(({ pageDetails, sites }) => ({ pageDetails, rows: sites }));

/** With `udf`, each device must carry its user-defined fields, of which only that one is read. */
export function devicesPage(udf?: number): z.ZodType<Page<Device>> {
  const device = udf === undefined ? Device : Device.extend({ udf: z.object({ [`udf${udf}`]: UdfValue }) });
  return z
    .object({ pageDetails: PageDetails, devices: z.array(device) })
    .transform(({ pageDetails, devices }) => ({ pageDetails, rows: devices }));
}
