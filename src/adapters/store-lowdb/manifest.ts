import { join } from 'node:path';
import { z } from 'zod';
import { RECORD_KINDS, RECORD_SCHEMA, type RecordKind } from '../../domain/records.ts';
import type { Disk } from './disk.ts';
import { checkSchema, damagedFile } from './file-problem.ts';
import { Seal, sealed, unsealed } from './seal.ts';

const Entry = Seal.extend({
  kind: z.enum(RECORD_KINDS),
  partition: z.string(),
  /** Within the tenant's folder. */
  file: z.string().regex(/^[a-zA-Z]+(\/[0-9-]+)?(\.\d+)?\.json$/),
  records: z.number().int().positive(),
});
export type Entry = z.infer<typeof Entry>;

const ManifestFile = z.object({
  schema: z.number(),
  /** 1: files in place, an intent beside them; 2: files that never change, this list of them, and a journal. */
  layout: z.literal(2),
  revision: z.number().int().nonnegative(),
  files: z.array(Entry),
});

/** The state of a tenant at its last checkpoint: which files hold it, each with its checksum. */
export interface Manifest {
  readonly revision: number;
  readonly files: readonly Entry[];
}

export const MANIFEST = '_tenant.json';

/** Where the records of one partition lie from a revision on. */
export const fileName = (kind: RecordKind, partition: string, revision: number): string =>
  partition === '' ? `${kind}.${revision}.json` : `${kind}/${partition}.${revision}.json`;

export async function writeManifest(
  disk: Disk,
  folder: string,
  { revision, files }: Manifest,
): Promise<void> {
  const lines = files.map((entry) => `\n${JSON.stringify(entry)}`).join(',');
  const head = JSON.stringify({ schema: RECORD_SCHEMA, layout: 2, revision }).slice(0, -1);
  await disk.write(join(folder, MANIFEST), sealed(`${head},"files":[${lines}\n]}\n`).content);
}

/** Undefined when there is none, or it is of the first layout, or its records are of an earlier schema. */
export async function readManifest(disk: Disk, folder: string): Promise<Manifest | undefined> {
  const found = await readAnyManifest(disk, folder);
  return found?.schema === RECORD_SCHEMA ? found : undefined;
}

/** A manifest of any schema that this icb knows. */
export async function readAnyManifest(
  disk: Disk,
  folder: string,
): Promise<(Manifest & { readonly schema: number }) | undefined> {
  const path = join(folder, MANIFEST);
  const content = await disk.read(path);
  if (!content || isFirstLayout(content)) return undefined;
  const body = unsealed(path, content).toString();
  const value = JSON.parse(body);
  checkSchema(path, value.schema);
  const parsed = ManifestFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damagedFile(path, `field ${issue?.path.join('.')}: ${issue?.message}`);
}

/** The first layout's file is one line of a schema and a revision. */
const FIRST_LAYOUT = /^\{"schema":(\d+),"revision":(\d+)\}\n?$/;

export const isFirstLayout = (content: Buffer): boolean =>
  content.length < 80 && FIRST_LAYOUT.test(content.toString());
