import Ajv2020, { type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: object;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<
    Record<string, { readonly content?: { 'application/json': { schema: object } } }>
  >;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** Faults as `place: keyword`, list positions left out: `/devices/…/lastSeen: type`. Empty when all is well. */
export interface SpecCheck {
  request(url: URL): string[];
  answer(path: string, status: number, body: unknown): string[];
}

/**
 * Checks messages against a vendor's OpenAPI. Objects are closed: a field the specification does not declare is a
 * fault. `undeclared` names fields that may be there all the same.
 */
export function specCheck(document: OpenApi, undeclared: readonly string[] = []): SpecCheck {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const components = closed(document.components, undeclared);
  const compile = (schema: object) => ajv.compile({ ...(closed(schema, undeclared) as object), components });

  function operationOf(path: string): Operation | undefined {
    const bare = path.replace(/^\/api/, '');
    const template = Object.keys(document.paths).find((candidate) =>
      new RegExp(`^${candidate.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(bare),
    );
    return template === undefined ? undefined : document.paths[template]?.get;
  }

  function request(url: URL): string[] {
    const operation = operationOf(url.pathname);
    if (operation === undefined) return [`${url.pathname}: unknown path`];
    return [...url.searchParams].flatMap(([name, text]) => {
      const parameter = operation.parameters?.find((one) => one.in === 'query' && one.name === name);
      if (parameter === undefined) return [`${name}: unknown parameter`];
      const value = /^-?\d+$/.test(text) && !isText(parameter.schema) ? Number(text) : text;
      const valid = compile(parameter.schema);
      return valid(value) ? [] : faultsOf(valid.errors, name);
    });
  }

  function answer(path: string, status: number, body: unknown): string[] {
    const responses = operationOf(path)?.responses ?? {};
    // Build 201 declares the good answer's schema under the errors instead of under 200.
    const declared =
      status === 200 ? (responses['200'] ?? responses['403'] ?? responses['404']) : responses[String(status)];
    const schema = declared?.content?.['application/json'].schema;
    if (schema === undefined) return [`${path} ${status}: no schema`];
    const valid = compile(schema);
    return valid(body) ? [] : faultsOf(valid.errors, '');
  }

  return { request, answer };
}

const isText = (schema: object): boolean => 'type' in schema && schema.type === 'string';

/** The same schema with every object that lists its properties closed to others. */
function closed(schema: unknown, undeclared: readonly string[]): unknown {
  if (Array.isArray(schema)) return schema.map((entry) => closed(entry, undeclared));
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, closed(value, undeclared)]),
  );
  if (!('properties' in inner)) return inner;
  const extra = Object.fromEntries(undeclared.map((name) => [name, true]));
  return { ...inner, properties: { ...extra, ...(inner.properties as object) }, additionalProperties: false };
}

const faultsOf = (errors: readonly ErrorObject[] | null | undefined, prefix: string): string[] => [
  ...new Set(
    (errors ?? []).map((error) => {
      const place = error.instancePath.replaceAll(/\/\d+/g, '/…');
      const extra = error.params.additionalProperty;
      return `${prefix}${place}${extra === undefined ? '' : `/${extra}`}: ${error.keyword}`;
    }),
  ),
];
