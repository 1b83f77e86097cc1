import { join } from 'node:path';
import { z } from 'zod';
import { jsonOf } from '../../domain/json-of.ts';
import type { RawRecord } from '../../domain/migrations.ts';
import { RECORD_KINDS } from '../../domain/records.ts';
import type { Disk } from './disk.ts';
import { checkSchema, damagedFile } from './file-problem.ts';
import { isFirstLayout, MANIFEST } from './manifest.ts';
import type { Earlier } from './upgrade.ts';

const INTENT = '_commit.json';
const Intent = z.object({
  schema: z.number(),
  revision: z.number().int().positive(),
  edits: z.array(
    z.object({
      kind: z.enum(RECORD_KINDS),
      remove: z.array(z.string()),
      put: z.array(z.looseObject({ id: z.string() })),
    }),
  ),
});
const Sheet = z.object({ schema: z.number(), records: z.array(z.looseObject({ id: z.string() })) });
const NAME = /^(\d{4}-\d{2}(?:-\d{2})?\.json)$/;

/**
 * What lies in the first layout: `<kind>.json` and `<kind>/<partition>.json` in place, `_tenant.json` with a revision,
 * and `_commit.json`, which is the commit that was under way when the process died. Undefined when it is not that layout.
 */
export async function readFirstLayout(disk: Disk, folder: string): Promise<Earlier | undefined> {
  const [tenant, intent] = [await disk.read(join(folder, MANIFEST)), await disk.read(join(folder, INTENT))];
  if (tenant ? !isFirstLayout(tenant) : !intent) return undefined;
  const head = tenant ? JSON.parse(tenant.toString()) : { revision: 0 };
  const files = [...(tenant ? [MANIFEST] : []), ...(intent ? [INTENT] : [])];
  const records = new Map<string, Map<string, RawRecord>>();
  let schema: number | undefined = head.schema;
  if (schema !== undefined) checkSchema(join(folder, MANIFEST), schema);
  for (const kind of RECORD_KINDS) {
    const own = new Map<string, RawRecord>();
    for (const file of await filesOf(disk, folder, kind)) {
      const path = join(folder, file);
      const sheet = shaped(path, Sheet, (await disk.read(path))?.toString() ?? '');
      schema ??= sheet.schema;
      if (sheet.schema !== schema)
        throw damagedFile(path, `it has schema ${sheet.schema}, and others have ${schema}`);
      for (const record of sheet.records) own.set(record.id, record);
      files.push(file);
    }
    records.set(kind, own);
  }
  const unfinished =
    intent && jsonOf(intent.toString()) !== undefined
      ? shaped(join(folder, INTENT), Intent, intent.toString())
      : undefined;
  const counts = unfinished !== undefined && unfinished.revision > head.revision;
  if (counts) {
    for (const { kind, remove } of unfinished.edits) for (const id of remove) records.get(kind)?.delete(id);
    for (const { kind, put } of unfinished.edits)
      for (const record of put) records.get(kind)?.set(record.id, record);
  }
  return {
    schema: schema ?? unfinished?.schema ?? 1,
    revision: counts ? unfinished.revision : head.revision,
    records: new Map(Array.from(records, ([kind, own]) => [kind, [...own.values()]])),
    files,
  };
}

async function filesOf(disk: Disk, folder: string, kind: string): Promise<string[]> {
  const names = await disk.list(folder);
  const partitions = names.includes(kind) ? await disk.list(join(folder, kind)) : [];
  return [
    ...(names.includes(`${kind}.json`) ? [`${kind}.json`] : []),
    ...partitions.filter((name) => NAME.test(name)).map((name) => `${kind}/${name}`),
  ];
}

function shaped<S extends z.ZodType>(path: string, shape: S, text: string): z.infer<S> {
  const content = jsonOf(text);
  if (content === undefined)
    throw damagedFile(path, 'it is not complete JSON, as after a write that was cut off');
  checkSchema(path, (content as { schema?: unknown } | null)?.schema);
  const parsed = shape.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damagedFile(path, `field ${issue?.path.join('.')}: ${issue?.message}`);
}
