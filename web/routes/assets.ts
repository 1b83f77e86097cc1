import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Hono } from 'hono';
import { IcbError } from '../../src/domain/errors.ts';
import type { WebEnv } from '../deps.ts';
import { holdsVersion } from '../etag.ts';

const FOLDER = new URL('../public/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

/**
 * The files of web/public by name, read once. A name is looked up, never joined to a path: there is no path to climb
 * out of.
 */
async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const names = (await readdir(FOLDER)).filter((name) => extname(name) in TYPES);
  const entries = names.map(async (name): Promise<[string, Asset]> => {
    const bytes = Uint8Array.from(await readFile(new URL(name, FOLDER)));
    const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
    return [name, { bytes, type: TYPES[extname(name)] ?? 'application/octet-stream', etag: `"${digest}"` }];
  });
  return new Map(await Promise.all(entries));
}

export function assetRoutes() {
  let assets: Promise<ReadonlyMap<string, Asset>> | undefined;
  return new Hono<WebEnv>().get('/assets/:name', async (c) => {
    assets ??= readAssets();
    const asset = (await assets).get(c.req.param('name'));
    if (!asset) throw new IcbError('not-found', 'There is no such file.');
    // Revalidated every time: a few bytes against a page that mixes two versions.
    const headers = { ETag: asset.etag, 'Cache-Control': 'public, no-cache' };
    if (holdsVersion(c.req.header('if-none-match'), asset.etag)) return c.body(null, 304, headers);
    return c.body(asset.bytes, 200, { ...headers, 'Content-Type': asset.type });
  });
}
