import { ENTITIES, type Entity, entityOf, type Verb } from '../entities/entities.ts';

/** What a path and verb ask for. */
export type Route = SystemRoute | EntityRoute | UnknownRoute | WrongVerbRoute;

export interface SystemRoute {
  readonly kind: 'zone' | 'versions' | 'version' | 'threshold' | 'authenticate';
  readonly name: string;
}
interface UnknownRoute {
  readonly kind: 'unknown';
  readonly name: string;
}
interface WrongVerbRoute {
  readonly kind: 'wrong-verb';
  readonly name: string;
}
export type EntityRoute = {
  readonly name: string;
  readonly entity: Entity;
  readonly parentId?: number;
} & (
  | {
      readonly kind:
        | 'query'
        | 'count'
        | 'next'
        | 'list'
        | 'info'
        | 'fields'
        | 'udfs'
        | 'create'
        | 'patch'
        | 'put';
    }
  | { readonly kind: 'item'; readonly id: number }
);

const SINGLE = {
  zoneinformation: ['zone', 'ZoneInformation'],
  version: ['version', 'Version'],
  thresholdinformation: ['threshold', 'ThresholdInformation'],
  authenticate: ['authenticate', 'Authenticate'],
} as const;
const WRITES = { POST: 'create', PATCH: 'patch', PUT: 'put' } as const;

/** @param path below `/ATServicesRest/`, in any case, without the query */
export function routeOf(method: string, path: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [version = '', first = '', ...rest] = parts;
  if (version.toLowerCase() === 'versioninformation' && first === '') {
    return method === 'GET'
      ? { kind: 'versions', name: 'VersionInformation' }
      : { kind: 'wrong-verb', name: 'VersionInformation' };
  }
  if (version.toLowerCase() !== 'v1.0') return { kind: 'unknown', name: first };
  const single = SINGLE[first.toLowerCase() as keyof typeof SINGLE];
  if (single !== undefined && rest.length === 0) {
    const [kind, name] = single;
    return method === 'GET' ? { kind, name } : { kind: 'wrong-verb', name };
  }
  const entity = entityOf(first);
  if (entity === undefined) return { kind: 'unknown', name: first };
  const child = childOf(entity, rest);
  return child === undefined
    ? rootRoute(method, entity, rest)
    : childRoute(method, child, Number(rest[0]), rest.slice(2));
}

const isId = (text: string | undefined): boolean => /^-?\d{1,15}$/.test(text ?? '');

const childOf = (parent: Entity, [id, segment]: readonly string[]): Entity | undefined =>
  isId(id) && segment !== undefined
    ? ENTITIES.find(
        ({ under }) => under?.parent === parent.name && under.segment.toLowerCase() === segment.toLowerCase(),
      )
    : undefined;

/** The one of these that the verb names, else the refusal a known path has for it. */
const byVerb = (method: string, entity: Entity, verbs: Readonly<Record<string, Route>>): Route =>
  verbs[method] ?? { kind: 'wrong-verb', name: entity.name };

function rootRoute(method: string, entity: Entity, rest: readonly string[]): Route {
  const at = { name: entity.name, entity };
  const [first, second] = rest.map((part) => part.toLowerCase());
  const info = infoRoute(method, entity, rest);
  if (info !== undefined) return info;
  if (first === undefined) return writeRoute(method, entity, entity.root, {});
  if (!entity.query) return { kind: 'unknown', name: entity.name };
  const both = (kind: 'query' | 'count' | 'next') =>
    byVerb(method, entity, { GET: { ...at, kind }, POST: { ...at, kind } });
  if (first === 'query') {
    if (second === undefined) return both('query');
    if (rest.length === 2 && (second === 'count' || second === 'next')) return both(second);
  }
  if (isId(first) && second === undefined) {
    return byVerb(method, entity, { GET: { ...at, kind: 'item', id: Number(first) } });
  }
  return { kind: 'unknown', name: entity.name };
}

function childRoute(method: string, entity: Entity, parentId: number, rest: readonly string[]): Route {
  const at = { name: entity.name, entity, parentId };
  const verbs = entity.under?.verbs ?? [];
  const info = infoRoute(method, entity, rest);
  if (info !== undefined) return info;
  if (rest.length === 0) return writeRoute(method, entity, verbs, { parentId });
  if (rest.length === 1 && isId(rest[0]) && verbs.includes('GET')) {
    return byVerb(method, entity, { GET: { ...at, kind: 'item', id: Number(rest[0]) } });
  }
  return { kind: 'unknown', name: entity.name };
}

function infoRoute(method: string, entity: Entity, rest: readonly string[]): Route | undefined {
  const path = rest.join('/').toLowerCase();
  const kind = (
    {
      entityinformation: 'info',
      'entityinformation/fields': 'fields',
      'entityinformation/userdefinedfields': 'udfs',
    } as const
  )[path];
  if (kind === undefined) return undefined;
  return byVerb(method, entity, { GET: { name: entity.name, entity, kind } });
}

function writeRoute(
  method: string,
  entity: Entity,
  verbs: readonly Verb[],
  parent: { readonly parentId?: number },
): Route {
  const at = { name: entity.name, entity, ...parent };
  if (verbs.length === 0) return { kind: 'unknown', name: entity.name };
  if (!verbs.includes(method as Verb)) return { kind: 'wrong-verb', name: entity.name };
  if (method === 'GET') return { ...at, kind: 'list' };
  return { ...at, kind: WRITES[method as keyof typeof WRITES] };
}
