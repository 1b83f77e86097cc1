import type { ContractService } from '../domain/contract.ts';
import type { ContractServiceId } from '../domain/ids.ts';
import type { BillingType, Module } from '../domain/module.ts';
import { canonicalWord } from './canonical-word.ts';
import { nameWords } from './name-words.ts';

/** A contract service offered for a billing type; never saved by itself. */
export interface ServiceSuggestion {
  readonly contractServiceId: ContractServiceId;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
}

/** What people chose for a billing type on another contract. */
export interface ConfirmedService {
  readonly module: string;
  readonly billingType: string;
  /** The contract service's name there. */
  readonly service: string;
}

interface Vote {
  readonly confidence: number;
  readonly reason: string;
}

const NAMED = 0.92;
const HOLDING = 0.79;
/** A service that says more than the one chosen elsewhere: "Desktop Monitoring (per device)". */
const WITH_MORE = 0.8;
/** Two services closer than this are not told apart. */
const CLEAR = 0.1;

/**
 * Offers the one service of a contract that fits a billing type best: one that is named as the service people chose for
 * it on other contracts, or that names the billing type itself ("Datto RMM – Servers", "Servers", "Managed server (Datto
 * RMM)"). Undefined where none fits, or two fit about as well.
 */
export function suggestService(input: {
  readonly module: Module;
  readonly billingType: BillingType;
  readonly services: readonly ContractService[];
  readonly confirmed?: readonly ConfirmedService[];
}): ServiceSuggestion | undefined {
  const { module, billingType, services, confirmed = [] } = input;
  const elsewhere = confirmed.filter(
    (each) => each.module === module.id && each.billingType === billingType.name,
  );
  const [best, second] = services
    .flatMap((service) => {
      const votes = [byTemplate(service.service, elsewhere), byName(service.service, module, billingType)];
      const found = combine(votes.filter((vote) => vote !== undefined));
      return found ? [{ contractServiceId: service.id, ...found }] : [];
    })
    .sort((a, b) => b.confidence - a.confidence);
  return best && (!second || best.confidence - second.confidence >= CLEAR) ? best : undefined;
}

/** Both speak for it: what is left of doubt is the product of both doubts. */
function combine(votes: readonly Vote[]): Vote | undefined {
  const [one, other] = votes;
  if (!one || !other) return one;
  const doubt = (1 - one.confidence) * (1 - other.confidence);
  return { confidence: round(Math.min(0.99, 1 - doubt)), reason: `${one.reason}; ${other.reason}` };
}

/** Most people on most contracts: one choice counts for nearly all, a split vote for its share. */
function byTemplate(service: string, elsewhere: readonly ConfirmedService[]): Vote | undefined {
  const own = wordsOf(service);
  const same = elsewhere.filter((each) => join(wordsOf(each.service)) === join(own));
  const fits = same.length > 0 ? same : elsewhere.filter((each) => holds(own, wordsOf(each.service)));
  const [first] = fits;
  if (!first) return undefined;
  const share = (fits.length + 0.5) / (elsewhere.length + 0.6);
  const contracts = fits.length === 1 ? 'another contract' : `${fits.length} other contracts`;
  return {
    confidence: round(Math.min(0.98, share) * (same.length > 0 ? 1 : WITH_MORE)),
    reason: `mapped to “${first.service}” on ${contracts}`,
  };
}

function byName(service: string, module: Module, billingType: BillingType): Vote | undefined {
  const moduleWords = wordsOf(module.name);
  const names = [wordsOf(billingType.name), wordsOf(billingType.label)];
  const full = names.flatMap((name) => [join(name), join([...moduleWords, ...name])]);
  const own = wordsOf(service);
  if (full.includes(join(own)))
    return { confidence: NAMED, reason: `the service is named after ${billingType.label}` };
  return names.some((name) => holds(own, [...moduleWords, ...name]))
    ? { confidence: HOLDING, reason: `its name holds ${module.name} and ${billingType.label}` }
    : undefined;
}

const holds = (words: readonly string[], others: readonly string[]): boolean =>
  others.length > 0 && others.every((word) => words.includes(word));

/** "Servers" and "Server", "Mgmt" and "Management" are the same here; "and" carries nothing. */
const wordsOf = (name: string): string[] =>
  nameWords(name)
    .map((word) => canonicalWord(word.text))
    .filter((word) => word !== 'and');

const join = (words: readonly string[]): string => words.join(' ');

const round = (confidence: number): number => Math.round(confidence * 100) / 100;
