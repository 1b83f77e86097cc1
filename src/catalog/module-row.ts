import type { z } from 'zod';
import type { Module } from '../domain/module.ts';

/** A module as the tables write it, before the domain's schema has read it. */
export type ModuleRow = z.input<typeof Module>;
export type BillingTypeRow = ModuleRow['billingTypes'][number];

const rowsOf =
  (unit: BillingTypeRow['unit'], vendorName: boolean) =>
  (name: string, label: string, description: string, contains: string[] = []): BillingTypeRow => ({
    name,
    label,
    unit,
    description,
    contains,
    vendorName,
  });

/** A number the vendor names. */
export const count = rowsOf('count', true);
/** Something the vendor reports as True/False or Enabled: 1 unit or none. */
export const flag = rowsOf('true-false', true);
/** A number whose vendor name is not public, so the name is ours. */
export const ownCount = rowsOf('count', false);
