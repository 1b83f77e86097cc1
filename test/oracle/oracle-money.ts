/** The oracle's own money: exact fractions of whole numbers, rounded only where a rule says so. */
export interface Fraction {
  readonly top: bigint;
  /** Above zero. */
  readonly bottom: bigint;
}

export const fraction = (top: bigint, bottom = 1n): Fraction => ({ top, bottom });

/** `12.5` is 125/10. */
export function readAmount(text: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`no amount: ${text}`);
  const [, sign, whole = '0', decimals = ''] = match;
  const top = BigInt(whole + decimals);
  return fraction(sign === '-' ? -top : top, 10n ** BigInt(decimals.length));
}

export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.top, a.bottom * b.bottom);

/** To `decimals` places, half away from zero. */
export function round({ top, bottom }: Fraction, decimals: number): Fraction {
  const scale = 10n ** BigInt(decimals);
  const size = (top < 0n ? -top : top) * scale;
  const whole = size / bottom;
  const up = (size % bottom) * 2n >= bottom ? whole + 1n : whole;
  return fraction(top < 0n ? -up : up, scale);
}

/** Always with four decimals, so that two writings of one amount are the same text. */
export function writeAmount(amount: Fraction): string {
  const { top } = round(amount, 4);
  const digits = (top < 0n ? -top : top).toString().padStart(5, '0');
  return `${top < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
