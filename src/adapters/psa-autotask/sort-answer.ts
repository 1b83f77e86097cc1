import type { AnswerSort } from '../http/retry-policy.ts';

/** The texts of `{"errors":[…]}`; none where the body is anything else. */
export function errorsOf(text: string): readonly string[] {
  if (!text.trimStart().startsWith('{')) return [];
  try {
    const { errors } = JSON.parse(text) as { errors?: unknown };
    return Array.isArray(errors) ? errors.filter((error) => typeof error === 'string') : [];
  } catch {
    return [];
  }
}

/** A fourth call at once under one integration code and entity. Its status is not pinned: 429 or 500. */
export const isThreadRejection = (status: number, text: string): boolean =>
  status >= 400 && /Itgenatr005|thread threshold/i.test(text);

/** The hour's calls are used up. Its status is not pinned either, nor are its words. */
export const isBudgetRefusal = (status: number, text: string): boolean =>
  !isThreadRejection(status, text) &&
  (status === 429 || (status === 500 && errorsOf(text).some((error) => OVER_BUDGET.test(error))));

const OVER_BUDGET = /\b(requests|threshold|calls)\b.*\bexceed|\bexceed.*\b(requests|threshold|calls)\b/i;

/**
 * What an answer is worth to the one who asks again. Autotask says nearly everything with 500: with `errors` it means
 * what it says and would say it again; without, it is an outage, and so is a page cut off. Source: facts/apis.md §1.6.
 */
export function sortAnswer(status: number, text: string): AnswerSort | undefined {
  if (isThreadRejection(status, text) || isBudgetRefusal(status, text)) return 'throttle';
  if (status === 200) return isWhole(text) ? 'final' : 'failure';
  return status >= 500 && errorsOf(text).length > 0 ? 'final' : undefined;
}

/** Success is always a JSON object. */
const isWhole = (text: string): boolean => {
  const body = text.trim();
  return body.startsWith('{') && body.endsWith('}');
};
