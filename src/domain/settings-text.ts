import type { z } from 'zod';
import { Currency, Money } from './money.ts';
import type { PostLimit } from './office-settings.ts';
import { atLeast, type Role } from './role.ts';

/** `15 1 * * *` as `01:15`; anything else as it is. */
export function timeOf(cron: string): string {
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(cron.trim()) ?? [];
  return minute && hour ? `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` : cron;
}

/** The other way round. */
export function cronOf(text: string): string {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  return hour && minute ? `${Number(minute)} ${Number(hour)} * * *` : text.trim();
}

/** Who stands under two roles has the higher one. */
export function highestOnly(people: readonly { userId: string; role: Role }[]) {
  const roles = new Map<string, Role>();
  for (const { userId, role } of people) {
    const had = roles.get(userId);
    if (!had || atLeast(role, had)) roles.set(userId, role);
  }
  return [...roles].map(([userId, role]) => ({ userId, role }));
}

/** `USD 1000, EUR 800.50`; undefined for what cannot be read, or names a currency twice. */
export function limitsIn(text: string): z.infer<typeof PostLimit>[] | undefined {
  const parts = text.split(/[,;\n]/).flatMap((part) => part.trim() || []);
  const limits = parts.flatMap((part) => {
    const [, currency = '', amount = ''] = /^([A-Za-z]{3})\s*([\d.]+)$/.exec(part) ?? [];
    const [read, sum] = [Currency.safeParse(currency.toUpperCase()), Money.safeParse(amount)];
    return read.success && sum.success ? [{ currency: read.data, amount: sum.data }] : [];
  });
  const once = new Set(limits.map(({ currency }) => currency)).size === limits.length;
  return limits.length === parts.length && once ? limits : undefined;
}

/** The other way round. */
export const limitsText = (limits: readonly z.infer<typeof PostLimit>[]): string =>
  limits.map(({ currency, amount }) => `${currency} ${amount}`).join(', ');
