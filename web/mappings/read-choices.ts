import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import { jsonOf } from '../../src/domain/json-of.ts';
import type { Core } from '../../src/usecases/core.ts';
import { findModuleOrganization } from '../../src/usecases/find-module-organization.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { findOrganization } from '../../src/usecases/list-organizations.ts';

/** What a person chose for one module organization. */
export type Choice = { readonly id: string } & (
  | { readonly to: string }
  | { readonly ignore: true }
  | { readonly unmap: true }
  | { readonly not: readonly string[] }
);

export interface Choices {
  readonly choices: readonly Choice[];
  /** What could not be understood, a sentence each. */
  readonly problems: readonly string[];
}

const Pair = z.tuple([z.string(), z.string()]);

/** The suggestions that a person ticked “Not this one” at, on any of the pages. Error: `bad-input`. */
export function rejectedChoices(form: FormData): Choice[] {
  const pairs = texts(form, 'not').map((text) => {
    const pair = Pair.safeParse(jsonOf(text)).data;
    if (pair) return pair;
    throw new IcbError('bad-input', 'The form cannot be read; nothing was saved. Open the mapping again.');
  });
  const byId = Map.groupBy(pairs, ([id]) => id);
  return [...byId].map(([id, own]) => ({ id, not: own.map(([, organization]) => organization) }));
}

const texts = (form: FormData, name: string): string[] =>
  form.getAll(name).flatMap((value) => (typeof value === 'string' ? [value] : []));

/** Of the tab by module organization: a choice and a typed name a row, the typed name first. */
export async function rowChoices(core: Core, form: FormData): Promise<Choices> {
  const [ids, chosen, typed] = ['id', 'choice', 'other'].map((name) => texts(form, name));
  const choices: Choice[] = [];
  const problems: string[] = [];
  for (const [i, id] of (ids ?? []).entries()) {
    const other = typed?.[i]?.trim() ?? '';
    const choice = chosen?.[i] ?? '';
    if (other !== '') {
      const { organization, nearest } = await findOrganization(core, other);
      if (organization) choices.push({ id, to: organization.id });
      else problems.push(unknown('organization', other, nearest));
    } else if (choice.startsWith('to:')) choices.push({ id, to: choice.slice(3) });
    else if (choice === 'ignore') choices.push({ id, ignore: true });
    else if (choice === 'unmap') choices.push({ id, unmap: true });
  }
  return { choices, problems };
}

/** Of the tab by organization: a typed module organization a cell, and boxes to unmap. */
export async function cellChoices(core: Core, form: FormData): Promise<Choices> {
  const [organizations, modules, typed] = ['organization', 'cell', 'add'].map((name) => texts(form, name));
  const all = Map.groupBy(await listModuleOrganizations(core), ({ module }) => module as string);
  const choices: Choice[] = texts(form, 'unmap').map((id) => ({ id, unmap: true }));
  const problems: string[] = [];
  for (const [i, module] of (modules ?? []).entries()) {
    const text = typed?.[i]?.trim() ?? '';
    const to = organizations?.[i];
    if (text === '' || to === undefined) continue;
    const { found, nearest } = findModuleOrganization(all.get(module) ?? [], text);
    if (found) choices.push({ id: found.id, to });
    else problems.push(unknown('module organization', text, nearest));
  }
  return { choices, problems };
}

function unknown(what: string, text: string, nearest: readonly { readonly name: string }[]): string {
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.map(({ name }) => name).join(' or ')}?` : '';
  return `No ${what} is called “${text}”.${hint}`;
}

/** The choices without those that take and reject the same organization, a sentence each. */
export async function withoutContradictions(core: Core, { choices, problems }: Choices): Promise<Choices> {
  const rejected = new Map(choices.flatMap((choice) => ('not' in choice ? [[choice.id, choice.not]] : [])));
  const torn = choices.filter((choice) => 'to' in choice && rejected.get(choice.id)?.includes(choice.to));
  if (torn.length === 0) return { choices, problems };
  const names = new Map((await listModuleOrganizations(core)).map(({ id, name }) => [id, name]));
  const ids = new Set(torn.map(({ id }) => id));
  return {
    choices: choices.filter(({ id }) => !ids.has(id)),
    problems: [
      ...problems,
      ...[...ids].map(
        (id) =>
          `${names.get(id) ?? 'One of them'}: the same organization is chosen and “Not this one”. Choose one of the two.`,
      ),
    ],
  };
}
