import type { Core } from '../../src/usecases/core.ts';
import { findModuleOrganization } from '../../src/usecases/find-module-organization.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { findOrganization } from '../../src/usecases/list-organizations.ts';

/** What a person chose for one module organization. */
export type Choice = { readonly id: string } & (
  | { readonly to: string }
  | { readonly ignore: true }
  | { readonly unmap: true }
);

export interface Choices {
  readonly choices: readonly Choice[];
  /** What could not be understood, a sentence each. */
  readonly problems: readonly string[];
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
