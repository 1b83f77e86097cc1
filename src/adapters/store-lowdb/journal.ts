import { join } from 'node:path';
import { z } from 'zod';
import { RECORD_KINDS } from '../../domain/records.ts';
import type { Disk } from './disk.ts';
import type { Edit } from './edits.ts';
import { checkSchema, damagedFile, SCHEMA } from './file-problem.ts';
import { parseStored } from './stored-record.ts';

/** A commit of several files as one: this is what was meant, should the process die before all are written. */
export interface Intent {
  /** The revision the commit makes. */
  readonly revision: number;
  readonly edits: readonly Edit[];
}

const Revision = z.object({ revision: z.number().int().nonnegative() });
const IntentFile = Revision.extend({
  edits: z.array(
    z.object({
      kind: z.enum(RECORD_KINDS),
      partition: z.string().regex(/^(\d{4}-\d{2}(-\d{2})?)?$/),
      remove: z.array(z.string()),
      put: z.array(z.unknown()),
    }),
  ),
});

/**
 * A tenant's revision (`_tenant.json`) and the commit under way (`_commit.json`). An intent counts while its revision
 * is above the tenant's.
 */
export class Journal {
  readonly #tenantPath: string;
  readonly #intentPath: string;
  readonly #disk: Disk;

  constructor(folder: string, disk: Disk) {
    this.#tenantPath = join(folder, '_tenant.json');
    this.#intentPath = join(folder, '_commit.json');
    this.#disk = disk;
  }

  /** 0 before the first commit. */
  async revision(): Promise<number> {
    const text = await this.#disk.read(this.#tenantPath);
    return text === undefined ? 0 : shaped(this.#tenantPath, Revision, text).revision;
  }

  writeRevision(revision: number): Promise<void> {
    return this.#disk.write(this.#tenantPath, `${JSON.stringify({ schema: SCHEMA, revision })}\n`);
  }

  /** The commit that was under way when the process died, if any. A torn one was never begun: it is put aside. */
  async unfinished(): Promise<Intent | undefined> {
    const text = await this.#disk.read(this.#intentPath);
    if (text === undefined) return undefined;
    if (!isJson(text)) {
      await this.#disk.putAside(this.#intentPath, `${this.#intentPath}.torn`);
      return undefined;
    }
    const { revision, edits } = shaped(this.#intentPath, IntentFile, text);
    return { revision, edits: edits.map((edit) => this.#edit(edit)) };
  }

  begin(intent: Intent): Promise<void> {
    return this.#disk.write(this.#intentPath, `${JSON.stringify({ schema: SCHEMA, ...intent })}\n`);
  }

  /** Forgets the commit under way. */
  clear(): Promise<void> {
    return this.#disk.remove(this.#intentPath);
  }

  #edit({ put, ...edit }: z.infer<typeof IntentFile>['edits'][number]): Edit {
    const records = put.map((value, at) => {
      const parsed = parseStored(edit.kind, value);
      if ('record' in parsed) return parsed.record;
      throw damagedFile(
        this.#intentPath,
        `${edit.kind} record ${at + 1}, field ${parsed.wrong.join('; field ')}`,
      );
    });
    return { ...edit, put: records };
  }
}

function shaped<S extends z.ZodType>(path: string, shape: S, text: string): z.infer<S> {
  if (!isJson(text)) throw damagedFile(path, 'it is not complete JSON, as after a write that was cut off');
  const content = JSON.parse(text);
  checkSchema(path, content?.schema);
  const parsed = shape.safeParse(content);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `field ${issue.path.join('.')}: ${issue.message}`);
  throw damagedFile(path, wrong.join('; '));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
