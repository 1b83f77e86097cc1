import type { MappingCandidate, MappingSuggestion } from '../domain/organization-mapping.ts';
import { LEAST, LEAST_BESIDE, SURE } from './calibrate.ts';

export interface Offer extends MappingCandidate {
  /** A fact rather than a likeness: the same name, a link, a shared domain, a mapped parent. */
  readonly isFirm: boolean;
  /** The module itself names the organization. */
  readonly isLink?: boolean;
  /** The module names one of several that the name fits. */
  readonly decides?: boolean;
}

const MOST_OFFERED = 5;
/** Another that is at least this likely in proportion keeps the best from being picked. */
const RIVAL = 0.5;

/** Sorts offers into candidates and a class. Two that fit equally well are ambiguous: offered side by side, none picked. */
export function classify(offers: readonly Offer[]): Pick<MappingSuggestion, 'class' | 'candidates'> {
  const sorted = [...offers].sort(byConfidence);
  const decided = sorted.find((offer) => offer.decides);
  if (decided) return { class: 'sure', candidates: shown([decided]) };
  const firm = sorted.filter((offer) => offer.isFirm && offer.confidence >= SURE);
  if (firm.length > 1) return { class: 'ambiguous', candidates: shown(shared(firm)) };
  const [best, ...others] = sorted.filter((offer) => offer.confidence >= LEAST_BESIDE).slice(0, MOST_OFFERED);
  if (!best) return { class: 'none', candidates: [] };
  if (best.isFirm && best.confidence >= SURE) return { class: 'sure', candidates: shown([best]) };
  const rivals = others.filter((offer) => offer.confidence >= best.confidence * RIVAL);
  const together = rivals.reduce((sum, offer) => sum + offer.confidence, best.confidence);
  if (best.confidence < LEAST && (rivals.length === 0 || together < LEAST))
    return { class: 'none', candidates: [] };
  if (rivals.length > 0) {
    const likely = [best, ...rivals];
    return {
      class: 'ambiguous',
      candidates: shown(together > 1 ? likely.map((offer) => split(offer, together)) : likely),
    };
  }
  return { class: best.confidence >= SURE ? 'sure' : 'likely', candidates: shown([best]) };
}

/** At most one of them is right. A link still comes first. */
const shared = (firm: readonly Offer[]): Offer[] => firm.map((offer) => split(offer, firm.length));

const split = (offer: Offer, by: number): Offer => ({
  ...offer,
  confidence: Math.round((offer.confidence / by) * 100) / 100,
});

const byConfidence = (a: Offer, b: Offer): number =>
  Number(b.isLink ?? false) - Number(a.isLink ?? false) ||
  b.confidence - a.confidence ||
  (a.organizationId < b.organizationId ? -1 : 1);

const shown = (offers: readonly Offer[]): MappingCandidate[] =>
  [...offers]
    .sort(byConfidence)
    .map(({ organizationId, confidence, reason }) => ({ organizationId, confidence, reason }));
