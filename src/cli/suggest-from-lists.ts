import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { IcbError } from '../domain/errors.ts';
import { OrganizationIndex } from '../matching/organization-index.ts';
import { suggestByName } from '../matching/suggest-by-name.ts';
import type { Said } from './commands.ts';

export interface ListFiles {
  /** CSV of organizations: columns `left_id`, `name`. */
  readonly left: string;
  /** CSV of module organizations: columns `right_id`, `name`. */
  readonly right: string;
  /** Where to write `right_id,left_id,confidence`. */
  readonly out: string;
}

const LeftRow = z.looseObject({ left_id: z.string().min(1), name: z.string() });
const RightRow = z.looseObject({ right_id: z.string().min(1), name: z.string() });

/**
 * Suggestions between two lists of names, without settings or a store. One row for each module organization in its
 * order; `left_id` and `confidence` stay blank where nothing is suggested. Error: `bad-input`.
 */
export async function suggestFromLists({ left, right, out }: ListFiles): Promise<Said> {
  const organizations = await readRows(left, LeftRow);
  const moduleOrganizations = await readRows(right, RightRow);
  const index = new OrganizationIndex();
  for (const { left_id, name } of organizations) index.put(left_id, [{ name }]);
  for (const { name } of moduleOrganizations) index.see(name);
  const counts = { sure: 0, likely: 0, ambiguous: 0, none: 0 };
  const lines = moduleOrganizations.map(({ right_id, name }) => {
    const suggestion = suggestByName(index, name);
    const [best] = suggestion.candidates;
    counts[suggestion.class]++;
    return [right_id, best?.organizationId ?? '', best?.confidence ?? ''].map(cell).join(',');
  });
  await writeFile(out, `${['right_id,left_id,confidence', ...lines].join('\n')}\n`).catch(() => {
    throw new IcbError('bad-input', `The file ${out} cannot be written.`);
  });
  const text = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return {
    json: { out, ...counts },
    text: `Wrote ${lines.length} suggestions to ${out}: ${text.join(', ')}.`,
  };
}

const cell = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

async function readRows<T>(file: string, row: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new IcbError('bad-input', `The file ${file} cannot be read.`);
  });
  try {
    const rows: unknown = parse(text, { columns: true, skip_empty_lines: true, trim: true, bom: true });
    return z.array(row).parse(rows);
  } catch (error) {
    const because =
      error instanceof z.ZodError
        ? error.issues
            .slice(0, 5)
            .map((issue) => `row ${Number(issue.path[0]) + 1}, ${String(issue.path[1])}: ${issue.message}`)
            .join('; ')
        : error instanceof Error
          ? error.message
          : 'it is not CSV';
    throw new IcbError('bad-input', `${file} cannot be read: ${because}. Nothing was written.`);
  }
}
