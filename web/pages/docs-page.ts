import { html } from 'hono/html';
import type { Viewer } from '../viewer.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';

/** The parts of an OpenAPI document this page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths?: object;
  readonly components?: { readonly schemas?: object };
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: { readonly type?: unknown; readonly enum?: readonly unknown[] };
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
  readonly responses?: Readonly<
    Record<
      string,
      {
        readonly description?: string;
        readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
      }
    >
  >;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const METHODS = new Set(['get', 'post', 'put', 'delete', 'patch']);

const routesOf = (api: ApiDocument): Route[] =>
  Object.entries(api.paths ?? {}).flatMap(([path, item]: [string, object]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        operation: operation as Operation,
      })),
  );

/** `/docs`: the API in words, drawn from the same document as `/openapi.json`. */
export function docsPage(api: ApiDocument, viewer: Viewer | undefined): Html {
  const byTag = Map.groupBy(routesOf(api), ({ operation }) => operation.tags?.[0] ?? 'other');
  return layout(
    { title: 'API', at: '/docs', ...(viewer && { viewer }) },
    html`<header class="page-head"><div><h1>API</h1>
<p>Version ${api.info.version}. Send <code>Authorization: Bearer ICB_API_TOKEN</code>, or use a session of the ICB tab.</p></div>
<div class="actions"><a class="button" href="/openapi.json">openapi.json</a></div></header>
<div class="docs stack">${[...byTag].map(([tag, routes]) => html`<h2>${tag}</h2>${routes.map(routeSection)}`)}
<h2>Shapes</h2>${Object.entries(api.components?.schemas ?? {}).map(
      ([name, schema]) =>
        html`<section class="panel" id="shape-${name}"><h3>${name}</h3>${code(schema)}</section>`,
    )}</div>`,
  );
}

const code = (value: unknown): Html =>
  html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`;

const routeSection = ({ method, path, operation }: Route): Html => html`<section class="panel">
<div class="route"><span class="tag ${method === 'GET' ? 'good' : 'warn'}">${method}</span><h3><code>${path}</code></h3><span>${operation.summary ?? ''}</span></div>
${operation.description ? html`<p class="muted">${operation.description}</p>` : ''}
${parameters(operation)}
${Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => shape(`Body · ${type}`, schema))}
${Object.entries(operation.responses ?? {})
  .filter(([status]) => status.startsWith('2'))
  .flatMap(([status, answer]) =>
    Object.entries(answer.content ?? {}).map(([, { schema }]) =>
      shape(`${status} · ${answer.description ?? ''}`, schema),
    ),
  )}
</section>`;

const shape = (title: string, schema: unknown): Html =>
  html`<details><summary>${title}</summary>${code(schema)}</details>`;

const parameters = ({ parameters = [] }: Operation): Html =>
  parameters.length === 0
    ? ''
    : html`<dl class="facts">${parameters.map(
        (
          each,
        ) => html`<dt><code>${each.name}</code>${each.required ? html` <span class="tag">${each.in}</span>` : ''}</dt>
<dd>${[each.description, each.schema?.enum?.join(' | ')].filter(Boolean).join(' · ')}</dd>`,
      )}</dl>`;
