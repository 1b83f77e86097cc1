import { randomUUID } from 'node:crypto';
import type { Entity } from '../entities/entities.ts';
import { takeFault } from '../faults.ts';
import { matches } from '../query/match-condition.ts';
import { type Cursor, highestId, pageOf } from '../query/page.ts';
import { PAGE_MAX, parseQuery, type Query } from '../query/parse-query.ts';
import { Refusal } from '../refusal.ts';
import type { StandIn } from '../stand-in.ts';
import { create, update } from '../writes/write.ts';
import { entityBody, fieldsBody, recordBody, udfsBody } from './bodies.ts';
import type { EntityRoute } from './route-of.ts';

export interface Call {
  readonly url: URL;
  /** Address of the zone's API, with the slash at its end. */
  readonly apiUrl: string;
  /** The body's JSON, undefined where there is none. */
  readonly body: unknown;
}

/** The body of the answer 200 to a call on an entity. @throws Refusal */
export function answerOf(standIn: StandIn, route: EntityRoute, call: Call): object {
  const { world } = standIn;
  const { entity, parentId } = route;
  world.ledger.catchUp();
  switch (route.kind) {
    case 'info':
      return entityBody(entity);
    case 'fields':
      return fieldsBody(entity, world.lists);
    case 'udfs':
      return udfsBody(entity);
    case 'query':
      return firstPage(standIn, entity, parseQuery(entity, asked(call)), call);
    case 'count': {
      const { conditions } = parseQuery(entity, asked(call));
      const fitting = world.tables
        .rows(entity.name)
        .filter((row) => conditions.every((condition) => matches(row, condition)));
      return { queryCount: fitting.length };
    }
    case 'next': {
      const cursor = standIn.cursors.get(call.url.searchParams.get('paging') ?? '');
      if (cursor === undefined) throw new Refusal(500, 'Invalid paging information.');
      return pageBody(standIn, entity, cursor, call);
    }
    case 'list':
      return firstPage(standIn, entity, childrenOf(parentId), call);
    case 'item': {
      const found = world.tables.row(entity.name, route.id);
      const row = parentId === undefined || found?.contractID === parentId ? found : undefined;
      if (row === undefined && standIn.faults.missingItemStatus === 404) {
        throw new Refusal(404, 'No matching records found.');
      }
      return { item: row === undefined ? null : recordBody(entity, row) };
    }
    case 'create':
      return create(world, entity, call.body, parentId);
    default:
      return update(world, entity, call.body, route.kind === 'put', parentId);
  }
}

/** A query's body, or the same JSON in the address. */
function asked({ body, url }: Call): unknown {
  const search = url.searchParams.get('search');
  if (body !== undefined || search === null) return body;
  try {
    return JSON.parse(search);
  } catch {
    throw new Refusal(500, 'Invalid query syntax. The search is not JSON.');
  }
}

const childrenOf = (parentId: number | undefined): Query => ({
  conditions: [{ op: 'eq', key: 'contractID', text: false, values: [parentId ?? -1] }],
  maxRecords: PAGE_MAX,
  include: undefined,
});

const firstPage = (standIn: StandIn, entity: Entity, query: Query, call: Call): object =>
  pageBody(standIn, entity, { query, top: highestId(standIn.world.tables.rows(entity.name)) }, call);

function pageBody(standIn: StandIn, entity: Entity, cursor: Cursor, { apiUrl }: Call): object {
  const { query } = cursor;
  const { rows, next, previous } = pageOf(standIn.world.tables.rows(entity.name), cursor);
  const again = cursor.after !== undefined && takeFault(standIn.faults, 'duplicateRow', entity.name) !== null;
  const repeated = again ? standIn.world.tables.row(entity.name, cursor.after as number) : undefined;
  const shown = repeated === undefined ? rows : [repeated, ...rows];
  const address = (to: Cursor) => `${apiUrl}V1.0/${entity.name}/query/next?paging=${remember(standIn, to)}`;
  const nextPageUrl = next === undefined ? null : address(next);
  const foreign = nextPageUrl === null ? null : takeFault(standIn.faults, 'foreignNextPage', entity.name);
  return {
    items: shown.map((row) => recordBody(entity, row, query.include)),
    pageDetails: {
      count: shown.length,
      requestCount: query.maxRecords,
      prevPageUrl: previous === undefined ? null : address(previous),
      nextPageUrl:
        foreign === null || nextPageUrl === null
          ? nextPageUrl
          : nextPageUrl.replace(new URL(apiUrl).origin, new URL(foreign.origin).origin),
    },
  };
}

const REMEMBERED = 5_000;

/** Pages to come are known by a short key, so that a long filter does not have to stand in an address. */
function remember({ cursors }: StandIn, cursor: Cursor): string {
  const [oldest] = cursors.keys();
  if (cursors.size >= REMEMBERED && oldest !== undefined) cursors.delete(oldest);
  const key = randomUUID();
  cursors.set(key, cursor);
  return key;
}
