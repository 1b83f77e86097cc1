/**
 * Money as the API shows it, a JSON number with up to four decimals, reckoned in whole ten-thousandths so that nothing
 * is lost on the way.
 */
const SCALE = 10_000;

export const toScaled = (amount: number): bigint => BigInt(Math.round(amount * SCALE));
export const fromScaled = (scaled: bigint): number => Number(scaled) / SCALE;

/** `numerator / denominator`, rounded half away from zero. */
export function divided(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const [top, bottom] = [
    numerator < 0n ? -numerator : numerator,
    denominator < 0n ? -denominator : denominator,
  ];
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  return negative ? -rounded : rounded;
}

/** `amount × rate` at four decimals. */
export const converted = (amount: number, rate: number): number =>
  fromScaled(divided(toScaled(amount) * toScaled(rate), BigInt(SCALE)));

/** `scaled × part ÷ whole`, rounded once, to cents. */
export const shareInCents = (scaled: bigint, part: number, whole: number): number =>
  Number(divided(scaled * BigInt(part), BigInt(whole) * 100n)) / 100;
