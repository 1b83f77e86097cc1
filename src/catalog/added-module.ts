import { type BillingType, Module } from '../domain/module.ts';
import type { Catalogue } from './catalogue.ts';
import { squeeze } from './find-module-by-text.ts';
import { containedIn } from './overlaps.ts';

/** A billing type as people describe it. */
export interface AddedBillingType {
  readonly name: string;
  /** The name, where left out. */
  readonly label?: string | undefined;
  readonly unit: BillingType['unit'];
  /** Names of billing types of the same module whose usage this one contains. */
  readonly contains?: readonly string[] | undefined;
}

/** A module's id from its name: `Datto RMM` → `datto-rmm`; empty where the name holds no Latin letter or digit. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');

/** A module with billing types of its own. Its usage is sent to icb, so it has no settings. */
export const addedModule = (id: string, name: string, types: readonly AddedBillingType[]): Module =>
  Module.parse({
    id,
    name,
    settings: [],
    billingTypes: types.map((type) => ({
      name: type.name,
      label: type.label || type.name,
      unit: type.unit,
      description:
        type.unit === 'count'
          ? `${type.label || type.name} of ${name}.`
          : `One unit while ${type.label || type.name} is switched on.`,
      contains: [...(type.contains ?? [])],
      vendorName: false,
    })),
  });

/** What is wrong with a module that is to be added or changed, a sentence each; `id` is its own where it exists. */
export function moduleProblems(
  { modules }: Catalogue,
  {
    id,
    name,
    types,
  }: { readonly id?: string; readonly name: string; readonly types: readonly AddedBillingType[] },
): string[] {
  const other = modules.find(
    (module) =>
      module.id !== id &&
      (squeeze(module.name) === squeeze(name) ||
        squeeze(module.id) === squeeze(name) ||
        module.id === slugOf(name)),
  );
  return [
    ...(other ? [`name: there is a module "${other.name}" already`] : []),
    ...(types.length === 0 ? ['billingTypes: at least one'] : []),
    ...typeProblems(types),
  ];
}

function typeProblems(types: readonly AddedBillingType[]): string[] {
  const names = types.map(({ name }) => name);
  return types.flatMap(({ name, contains = [] }, index) => {
    const first = names.findIndex((each) => squeezed(each) === squeezed(name));
    const unknown = contains.filter((inner) => !names.includes(inner));
    const place = `billingTypes.${index}`;
    return [
      ...(first < index ? [`${place}.name: "${name}" is there twice`] : []),
      ...unknown.map((inner) => `${place}.contains: there is no billing type "${inner}" here`),
      ...(unknown.length === 0 && containsItself(types, name)
        ? [`${place}.contains: "${name}" would contain itself`]
        : []),
    ];
  });
}

const squeezed = (text: string): string => text.trim().toLowerCase();

function containsItself(types: readonly AddedBillingType[], name: string): boolean {
  const module = { billingTypes: types.map((type) => ({ name: type.name, contains: type.contains ?? [] })) };
  return containedIn(module, name).has(name);
}
