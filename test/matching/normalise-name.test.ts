import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseName } from '../../src/matching/normalise-name.ts';

/** [name, key] */
const KEYS: readonly (readonly [string, string])[] = [
  // white space and capitals
  ['Daily Mail', 'daily mail'],
  ['  Daily\t Mail\n', 'daily mail'],
  ['Daily\u00a0Mail', 'daily mail'],
  ['DAILY MAIL', 'daily mail'],
  ['ＤＡＩＬＹ　ＭＡＩＬ', 'daily mail'],
  ['İstanbul Lojistik', 'istanbul lojistik'],
  ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
  ['Οδυσσεύς', 'οδυσσευσ'],
  // accents and letters
  ['Café Lumière', 'cafe lumiere'],
  ['Cafe\u0301 Lumie\u0300re', 'cafe lumiere'],
  ['Müller Präzision', 'muller prazision'],
  ['Groß & Söhne', 'gross and sohne'],
  ['Smørrebrød', 'smorrebrod'],
  ['Łódź Trans', 'lodz trans'],
  ['Ægir Þórsson', 'aegir thorsson'],
  ['Nguyễn Đức', 'nguyen duc'],
  ['Ёлка', 'елка'],
  ['Йогурт', 'йогурт'],
  ['ガス', 'ガス'],
  ['Ｏﬃce Ｐlus', 'office plus'],
  ['Acme™ Labs®', 'acme labs'],
  // punctuation
  ["O'Brien Architects", 'obrien architects'],
  ['O’Brien Architects', 'obrien architects'],
  ['Coca-Cola', 'coca cola'],
  ['Smith, Jones & Co', 'smith jones and co'],
  ['Yahoo!', 'yahoo'],
  ['Riverside (Leeds)', 'riverside leeds'],
  ['27th Belfast Scouts', '27th belfast scouts'],
  ['D.E. & K. Partners', 'de and k partners'],
  ['DE & K Partners', 'de and k partners'],
  ['A B Plumbing', 'ab plumbing'],
  ['A.B. Plumbing', 'ab plumbing'],
  ['J.P. Morgan', 'jp morgan'],
  // and
  ['Hartley & Sons', 'hartley and sons'],
  ['Hartley &amp; Sons', 'hartley and sons'],
  ['Hartley＆Sons', 'hartley and sons'],
  ['Hartley + Sons', 'hartley and sons'],
  ['Google+', 'google'],
  ['Meier und Partner', 'meier and partner'],
  ['Dupont et Fils', 'dupont and fils'],
  // the
  ['The Harbour Hotel', 'harbour hotel'],
  ['Over the Top', 'over the top'],
  ['The The', 'the'],
  ['The Limited', 'limited'],
  ['The', 'the'],
  // legal forms
  ['Acme Ltd', 'acme'],
  ['Acme LTD.', 'acme'],
  ['Acme Limited', 'acme'],
  ['Acme, Inc.', 'acme'],
  ['Acme LLC', 'acme'],
  ['Acme L.L.C.', 'acme'],
  ['Acme Corp.', 'acme'],
  ['Acme Co., Ltd.', 'acme'],
  ['Acme Pty Ltd', 'acme'],
  ['Acme Pty. Limited', 'acme'],
  ['Acme (Pty) Ltd', 'acme'],
  ['Acme Pte. Ltd.', 'acme'],
  ['Acme Sdn. Bhd.', 'acme'],
  ['Acme Pvt. Ltd.', 'acme'],
  ['Acme PLC', 'acme'],
  ['Acme p.l.c.', 'acme'],
  ['Acme GmbH', 'acme'],
  ['Acme GmbH & Co. KG', 'acme'],
  ['Acme Gesellschaft mit beschränkter Haftung', 'acme'],
  ['Acme UG (haftungsbeschränkt)', 'acme'],
  ['Acme e.V.', 'acme'],
  ['Acme AG', 'acme'],
  ['Société Générale S.A.', 'societe generale'],
  ['Acme SARL', 'acme'],
  ['Acme S.à r.l.', 'acme'],
  ['Acme B.V.', 'acme'],
  ['Acme N.V.', 'acme'],
  ['Acme Oy', 'acme'],
  ['Acme AB', 'acme'],
  ['Acme ApS', 'acme'],
  ['Acme A/S', 'acme'],
  ['Acme S.r.l.', 'acme'],
  ['Acme S.p.A.', 'acme'],
  ['Acme SpA', 'acme'],
  ['Acme Sp. z o.o.', 'acme'],
  ['Acme s.r.o.', 'acme'],
  ['Acme d.o.o.', 'acme'],
  ['Acme Kft.', 'acme'],
  ['Acme S.A. de C.V.', 'acme'],
  ['Acme Ltda.', 'acme'],
  ['Acme A.Ş.', 'acme'],
  ['ООО «Ромашка»', 'ромашка'],
  ['UAB Acme', 'acme'],
  ['トヨタ自動車株式会社', 'トヨタ自動車'],
  ['㈱トヨタ', 'トヨタ'],
  // words that only look like legal forms
  ['Serenity Spa', 'serenity spa'],
  ['SERENITY SPA', 'serenity spa'],
  ['Gaming PC', 'gaming pc'],
  ['Marks & Co', 'marks and co'],
  ['Marks & Company Ltd', 'marks and co'],
  ['AG', 'ag'],
  ['SA Limited', 'sa'],
  ['Limited Editions', 'limited editions'],
  ['Inc Magazine', 'inc magazine'],
  // nothing but signs
  ['***', '***'],
  ['🚀', '🚀'],
];

describe('normaliseName', () => {
  it.each(KEYS)('%j is %j', (name, key) => expect(normaliseName(name)).toBe(key));

  it.each([
    ['P & M Builders', 'H & M Builders'],
    ['27th Belfast Scouts', '37th Belfast Scouts'],
    ['Chyron', 'Chiron'],
    ['Serenity Spa', 'Serenity'],
    ['Daily Mail', 'Daily Mail - Warehouse'],
    ['The Limited', 'The Company'],
    ['***', '---'],
    ['バス', 'ハス'],
  ])('tells %j from %j', (a, b) => expect(normaliseName(a)).not.toBe(normaliseName(b)));

  it('gives every name with ink a key, and reads the key as itself', () => {
    const word = fc.constantFrom('The', 'Acme', 'Ltd', 'Inc.', '&', 'Söhne', 'S.A.', 'x', '42', 'Co', '-');
    const names = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(names, (name) => {
        fc.pre(name.trim() !== '');
        expect(normaliseName(name)).not.toBe('');
        expect(normaliseName(`  ${name} `)).toBe(normaliseName(name));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
