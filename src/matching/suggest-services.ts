import type { ContractService } from '../domain/contract.ts';
import type { ContractServiceId } from '../domain/ids.ts';
import type { BillingType, Module } from '../domain/module.ts';
import { nameWords } from './name-words.ts';

/** A contract service offered for a billing type; never saved by itself. */
export interface ServiceSuggestion {
  readonly contractServiceId: ContractServiceId;
  readonly reason: string;
}

/**
 * Offers the one service of a contract whose name names the billing type: it equals "Datto RMM – Servers" or
 * "Servers", or else holds both the module's and the billing type's words. Undefined where none does, or several do.
 */
export function suggestService(input: {
  readonly module: Module;
  readonly billingType: BillingType;
  readonly services: readonly ContractService[];
}): ServiceSuggestion | undefined {
  const { module, billingType, services } = input;
  const moduleWords = wordsOf(module.name);
  const names = [wordsOf(billingType.name), wordsOf(billingType.label)];
  const full = new Set(names.flatMap((name) => [join(name), join([...moduleWords, ...name])]));

  const equal = services.filter(({ service }) => full.has(join(wordsOf(service))));
  if (equal.length > 0) return offer(equal, `the service is named after ${billingType.label}`);

  const holding = services.filter(({ service }) => {
    const words = new Set(wordsOf(service));
    return names.some((name) => [...moduleWords, ...name].every((word) => words.has(word)));
  });
  return offer(holding, `its name holds ${module.name} and ${billingType.label}`);
}

function offer(found: readonly ContractService[], reason: string): ServiceSuggestion | undefined {
  const [only, another] = found;
  return only && !another ? { contractServiceId: only.id, reason } : undefined;
}

/** "Servers" and "Server" are the same here; "and" carries nothing. */
const wordsOf = (name: string): string[] =>
  nameWords(name)
    .map((word) => word.text.replace(/(?<=\p{L}{3})s$/u, ''))
    .filter((word) => word !== 'and');

const join = (words: readonly string[]): string => words.join(' ');
