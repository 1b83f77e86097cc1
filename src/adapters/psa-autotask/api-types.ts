import { z } from 'zod';
import { IsoDate } from '../../domain/calendar.ts';
import { DECIMAL } from './decimal.ts';

/**
 * What icb reads of Autotask's REST API V1.0, out of JSON whose numbers are kept as text. Unknown extra fields are
 * dropped; null and absent mean the same. Each record's keys are what is asked for as `includeFields`.
 */
const Id = z.string().regex(/^-?\d+$/, 'an id');
/** 0 means none. */
const Reference = Id.nullish().transform((id) => (id === '0' ? null : (id ?? null)));
const Whole = z
  .string()
  .regex(/^-?\d{1,10}(\.0+)?$/, 'a whole number')
  .transform(Number);
const Decimal = z.string().regex(DECIMAL, 'a number');
/** A picklist's value, as text: an integer in REST, a letter in records of the SOAP era. */
const Choice = z.union([z.string(), z.boolean()]).nullish();
const Text = z.string().nullish();
/** `2020-12-31T00:00:00Z` is a day without a zone: its date part as it stands. */
const Day = z
  .string()
  .transform((text) => text.slice(0, 10))
  .pipe(IsoDate);
const Moment = z.string().min(1);

export const ZoneInformation = z.object({
  zoneName: Text,
  url: z.string().min(1),
  webUrl: z.string().min(1),
});

export const ThresholdInformation = z.object({
  externalRequestThreshold: Whole.pipe(z.number().positive()),
  currentTimeframeRequestCount: Whole,
});

export const Company = z.object({
  id: Id,
  companyName: Text,
  companyType: Choice,
  isActive: z.boolean().nullish(),
  parentCompanyID: Reference,
  currencyID: Reference,
  createDate: Moment.nullish(),
  lastTrackedModifiedDateTime: Moment.nullish(),
});
export type Company = z.infer<typeof Company>;

export const Contract = z.object({
  id: Id,
  companyID: Id,
  contractName: Text,
  contractType: Choice,
  contractPeriodType: Choice,
  status: Choice,
  startDate: Day,
  endDate: Day.nullish(),
});
export type Contract = z.infer<typeof Contract>;

export const Service = z.object({ id: Id, name: Text });
export type Service = z.infer<typeof Service>;

export const ContractService = z.object({
  id: Id,
  contractID: Id,
  serviceID: Reference,
  invoiceDescription: Text,
  unitPrice: Decimal.nullish(),
  unitCost: Decimal.nullish(),
  internalCurrencyUnitPrice: Decimal.nullish(),
  internalCurrencyAdjustedPrice: Decimal.nullish(),
});
export type ContractService = z.infer<typeof ContractService>;

export const ContractServiceUnit = z.object({
  id: Id,
  contractID: Id,
  serviceID: Reference,
  contractServiceID: Reference,
  startDate: Day,
  endDate: Day,
  units: Whole,
  price: Decimal.nullish(),
  approveAndPostDate: Day.nullish(),
});
export type ContractServiceUnit = z.infer<typeof ContractServiceUnit>;

export const BillingItem = z.object({
  id: Id,
  billingItemType: Choice,
  contractID: Reference,
  serviceID: Reference,
  contractServiceID: Reference,
  contractServiceAdjustmentID: Reference,
  itemDate: Day,
  quantity: Decimal,
  rate: Decimal,
  extendedPrice: Decimal.nullish(),
  ourCost: Decimal.nullish(),
  postedOnTime: Moment,
});
export type BillingItem = z.infer<typeof BillingItem>;

/** `name` is the three-letter code. */
export const Currency = z.object({ id: Id, name: Text, isInternalCurrency: z.boolean().nullish() });
export type Currency = z.infer<typeof Currency>;

export const PageDetails = z.object({ count: Whole.nullish(), nextPageUrl: z.string().nullish() });

const Access = z.union([z.string(), z.boolean()]).nullish();
export const EntityInformation = z.object({
  info: z.object({
    canCreate: z.boolean().nullish(),
    canQuery: z.boolean().nullish(),
    userAccessForCreate: Access,
    userAccessForQuery: Access,
  }),
});

export const FieldInformation = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      picklistValues: z
        .array(
          z.object({
            value: z.string(),
            label: z.string(),
            isSystem: z.boolean().nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});

/** The id of an adjustment is always null. */
export const Created = z.object({ itemId: Id.nullish() });
