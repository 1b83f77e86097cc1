import { z } from 'zod';
import type { PsaCall } from '../../ports/psa.ts';
import { PageDetails } from './api-types.ts';
import { cutLists, type Filter } from './filter.ts';
import { parseAnswer } from './parse-answer.ts';
import { malformed, type Place } from './problems.ts';
import type { Session } from './session.ts';

interface Row {
  readonly id: string;
}

export interface Query<R extends Row> {
  /** As in the address: `Contracts`. */
  readonly entity: string;
  readonly filter: readonly Filter[];
  /** Its keys are the fields asked for. */
  readonly row: z.ZodObject & z.ZodType<R>;
}

const PAGE = 500;
/** Two million rows: past this the pages run in circles. */
const MAX_PAGES = 4_000;

/**
 * Every row, each id once: a row that comes on two pages counts in its later form. A list with more than 500 values is
 * asked for in parts, side by side.
 */
export async function readAll<R extends Row>(
  session: Session,
  { entity, filter, row }: Query<R>,
  call: PsaCall,
): Promise<readonly R[]> {
  const includeFields = Object.keys(row.shape);
  const pageOf = z.object({ items: z.array(row), pageDetails: PageDetails });
  const parts = cutLists(filter).map(async (part) => {
    const json = JSON.stringify({ filter: part, includeFields, maxRecords: PAGE });
    const rows = new Map<string, R>();
    const seen = new Set<string>();
    let next: string | URL = `${entity}/query`;
    for (let number = 1; ; number++) {
      const place = `${entity}, page ${number}`;
      const { items, pageDetails } = parseAnswer(
        pageOf,
        await session.read({ entity, path: next, json }, place, call),
        place,
      );
      if (typeof pageDetails.count === 'number' && pageDetails.count !== items.length) {
        throw malformed(place, `its count says ${pageDetails.count}, it holds ${items.length}`);
      }
      for (const item of items) rows.set(item.id, item);
      if (!pageDetails.nextPageUrl) return [...rows.values()];
      next = nextUrl(pageDetails.nextPageUrl, (await session.zone(call)).root, place);
      if (seen.has(next.href)) throw malformed(place, 'nextPageUrl leads back to a page already read');
      if (items.length === 0) throw malformed(place, 'an empty page has a nextPageUrl');
      if (number >= MAX_PAGES) throw malformed(place, `there are more than ${MAX_PAGES} pages`);
      seen.add(next.href);
    }
  });
  return [...new Map((await Promise.all(parts)).flat().map((item) => [item.id, item])).values()];
}

/** The secret goes along, so a page on another server is refused rather than followed. */
function nextUrl(next: string, root: URL, place: Place): URL {
  const url = URL.parse(next, root);
  if (url === null) throw malformed(place, 'nextPageUrl is not an address');
  if (url.origin !== root.origin) {
    throw malformed(
      place,
      'nextPageUrl leads to another server than your zone’s, where the secret must not go',
    );
  }
  return url;
}
