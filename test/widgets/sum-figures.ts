import { sumMoney } from '../../src/domain/money.ts';
import { type Field, type Figure, isMoneyField } from '../../src/widgets/measure.ts';

/** One after another, unlike the product's tallies. */
export function sumFigures(field: Field, figures: readonly Figure[]): Figure {
  if (isMoneyField(field)) return sumMoney(figures.filter((figure) => typeof figure === 'string'));
  return figures.reduce<number>((total, figure) => total + Number(figure), 0);
}
