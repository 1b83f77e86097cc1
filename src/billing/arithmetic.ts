import type { BillingItem } from '../domain/billing-item.ts';

/** How the amount came about, in figures one can check: `6 × 12.50 USD × 6 of 30 days = 15.00 USD`. */
export function arithmeticOf({
  units,
  unitPrice,
  days,
  period,
  amount,
  currency,
  status,
}: BillingItem): string {
  const part = days === period.days ? '' : ` × ${days} of ${period.days} days`;
  const rounded = status === 'posted' ? ' (rounded to cents at posting)' : '';
  return `${units} × ${unitPrice} ${currency}${part} = ${amount} ${currency}${rounded}`;
}
