import {
  LEGAL_FORMS_AT_END,
  LEGAL_FORMS_AT_END_WHEN_DOTTED,
  LEGAL_FORMS_AT_START,
  LONGEST_LEGAL_FORM,
} from './legal-forms.ts';
import type { NameWord } from './name-words.ts';

export interface Stripped {
  readonly words: readonly NameWord[];
  /** The legal form as written ("Pty Ltd"), or undefined where there was none. */
  readonly legalForm: string | undefined;
}

/**
 * Takes legal forms off a name's end, one after the other ("Co., Ltd."), and off its start where a country writes them
 * there. Always leaves at least one word, and never cuts after "and": "Smith & Co" is a name of its own.
 */
export function stripLegalForm(words: readonly NameWord[]): Stripped {
  const start = words.length > 1 && LEGAL_FORMS_AT_START.has(words[0]?.text ?? '') ? 1 : 0;
  let end = words.length;
  for (let size = formSizeAtEnd(words, start, end); size > 0; size = formSizeAtEnd(words, start, end)) {
    end -= size;
  }
  const forms = [...words.slice(0, start), ...words.slice(end)].map((word) => word.written);
  return { words: words.slice(start, end), legalForm: forms.length > 0 ? forms.join(' ') : undefined };
}

/** How many words the longest legal form takes that ends before `end`; 0 for none. */
function formSizeAtEnd(words: readonly NameWord[], start: number, end: number): number {
  const longest = Math.min(LONGEST_LEGAL_FORM, end - start - 1);
  for (let size = longest; size > 0; size--) {
    if (words[end - size - 1]?.text === 'and') continue;
    const form = words.slice(end - size, end);
    const text = form.map((word) => word.text).join(' ');
    if (LEGAL_FORMS_AT_END.has(text)) return size;
    if (LEGAL_FORMS_AT_END_WHEN_DOTTED.has(text) && form.every(looksLikeInitials)) return size;
  }
  return 0;
}

/** "S.p.A.", "e.V.", "SpA", "eV": dots inside, or capitals and small letters mixed in a way no word has. */
const looksLikeInitials = ({ written }: NameWord): boolean =>
  /\p{L}\./u.test(written) || /^(?:\p{Lu}\p{Ll}|\p{Ll})\p{Lu}$/u.test(written);
