import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { jsonOf } from '../../domain/json-of.ts';
import { RECORD_KINDS } from '../../domain/records.ts';
import type { Edit } from './edits.ts';
import { damagedFile } from './file-problem.ts';
import { parseStored } from './stored-record.ts';

/** A commit in the journal: a line of these, then as many bytes. */
const Head = z.object({
  commit: z.number().int().positive(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().length(64),
});

/** One edit: a line of these, then a line per record. */
const EditHead = z.object({
  kind: z.enum(RECORD_KINDS),
  partition: z.string().regex(/^(\d{4}-\d{2}(-\d{2})?)?$/),
  remove: z.array(z.string()),
  put: z.number().int().nonnegative(),
  grown: z.number().int(),
});

export interface JournalCommit {
  readonly revision: number;
  /** Parsed when asked for. */
  readonly edits: () => readonly Edit[];
  /** Where the next one begins. */
  readonly end: number;
}

/** Records of an earlier schema are taken as they are, to be migrated. */
export type ParseRecord = typeof parseStored;

const LINES_AT_ONCE = 2_000;

export async function commitBytes(revision: number, edits: readonly Edit[]): Promise<Buffer> {
  const lines: string[] = [];
  for (const { kind, partition, remove, put, grown } of edits) {
    lines.push(JSON.stringify({ kind, partition, remove, put: put.length, grown }));
    for (const record of put) {
      lines.push(JSON.stringify(record));
      if (lines.length % LINES_AT_ONCE === 0) await setImmediate();
    }
  }
  const body = Buffer.from(lines.length > 0 ? `${lines.join('\n')}\n` : '');
  const head = { commit: revision, bytes: body.length, sha256: hash('sha256', body) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/**
 * The commit that begins at a byte, or `torn` when the file ends before it does, or has not been written there as
 * after a power cut.
 * @throws IcbError `store-damaged` when it is there and not as it was written
 */
export function commitAt(
  path: string,
  file: Buffer,
  at: number,
  parse: ParseRecord = parseStored,
): JournalCommit | 'torn' {
  const lineEnd = file.indexOf(0x0a, at);
  if (lineEnd < 0) return 'torn';
  const line = file.subarray(at, lineEnd);
  const head = Head.safeParse(jsonOf(line.toString())).data;
  const end = lineEnd + 1 + (head?.bytes ?? 0);
  const body = file.subarray(lineEnd + 1, end);
  if (head && end > file.length) return 'torn';
  if (head && hash('sha256', body) === head.sha256)
    return { revision: head.commit, edits: () => editsIn(path, head.commit, body.toString(), parse), end };
  // What was never written to a file's blocks reads as zeros, which no line of JSON holds.
  if (file.includes(0, at)) return 'torn';
  throw damagedFile(
    path,
    head
      ? `the checksum of commit ${head.commit} is not that of its content, as after a change from outside`
      : `the line at byte ${at} does not begin a commit`,
  );
}

function editsIn(path: string, revision: number, body: string, parse: ParseRecord): Edit[] {
  const lines = body.split('\n').slice(0, -1);
  const edits: Edit[] = [];
  for (let at = 0; at < lines.length; ) {
    const head = EditHead.safeParse(jsonOf(lines[at++] ?? ''));
    if (!head.success) throw damagedFile(path, `commit ${revision} holds an edit that cannot be read`);
    const { put, ...edit } = head.data;
    const records = lines.slice(at, at + put).map((line) => {
      const parsed = parse(edit.kind, jsonOf(line));
      if ('record' in parsed) return parsed.record;
      throw damagedFile(path, `commit ${revision}, ${edit.kind}, field ${parsed.wrong.join('; field ')}`);
    });
    at += put;
    edits.push({ ...edit, put: records });
  }
  return edits;
}
