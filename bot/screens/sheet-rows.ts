import type {
  BillingTypeRow,
  ContractSheet,
  ServiceMappingSheet,
} from '../../src/usecases/service-mapping-sheet.ts';
import type { ServicesMeta } from '../action-ids.ts';
import { type Choices, keyOf } from './choices.ts';
import type { RuleChoice } from './rule-choices.ts';

/** One billing type on one contract, with what is chosen for it. */
export interface SheetRow extends BillingTypeRow {
  readonly key: string;
  readonly module: { readonly id: string; readonly name: string };
  /** What is saved: a service's key, `!` ignored, `~` nothing. */
  readonly saved: string;
  /** What a person chose, what is saved, or what is suggested; in this order. */
  readonly shown: string;
  readonly suggested: boolean;
}

/** A service suggested with less confidence is shown, not preselected. */
const PRESELECTED = 0.75;

export const IGNORE = '!';
export const NOT_MAPPED = '~';

export const sheetRowKey = (contract: string, module: string, billingType: string): string =>
  keyOf(JSON.stringify([contract, module, billingType]));

export function sheetRows(sheet: ContractSheet, choices: Choices): SheetRow[] {
  return sheet.sections.flatMap(({ module, rows }) =>
    rows.map((row): SheetRow => {
      const key = sheetRowKey(sheet.contract.id, module.id, row.billingType.name);
      const saved = savedCode(row);
      const suggestion = row.suggestion ? keyOf(row.suggestion.contractServiceId) : undefined;
      const isSure = (row.suggestion?.confidence ?? 0) >= PRESELECTED;
      const untouched = saved === NOT_MAPPED && suggestion !== undefined && isSure ? suggestion : saved;
      const shown = choices.get(key) ?? untouched;
      return { ...row, key, module, saved, shown, suggested: saved === NOT_MAPPED && shown === suggestion };
    }),
  );
}

function savedCode({ mapping }: BillingTypeRow): string {
  if (!mapping) return NOT_MAPPED;
  return mapping.status === 'ignored' ? IGNORE : keyOf(mapping.contractServiceId);
}

/** Rows that say something by themselves; the others stand behind “Show all billing types”. */
export const isWorthShowing = (row: SheetRow): boolean =>
  (row.count ?? 0) > 0 || row.saved !== NOT_MAPPED || row.shown !== NOT_MAPPED;

/** The contract in front of the person: the one chosen, else the first that can be billed. */
export const contractShown = (sheet: ServiceMappingSheet, meta: ServicesMeta): ContractSheet | undefined =>
  sheet.contracts.find((one) => one.billable && one.contract.id === meta.contract) ??
  sheet.contracts.find((one) => one.billable);

/** The unit rule the modal starts with: the one all mapped rows have, else to keep each as it is. */
export function startingRule(rows: readonly SheetRow[]): RuleChoice {
  const rules = new Set(
    rows.flatMap(({ mapping }) => (mapping?.status === 'mapped' ? mapping.unitRule : [])),
  );
  const [only] = rules;
  return rules.size > 1 ? 'keep' : (only ?? 'prorate-daily');
}
