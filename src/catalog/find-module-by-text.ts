import type { Module } from '../domain/module.ts';
import type { Catalogue } from './catalogue.ts';
import { editDistance } from './edit-distance.ts';

/** Either the module a person meant, or those nearest to what was typed, best first, perhaps none. */
export type FoundModule = { readonly module: Module } | { readonly nearest: readonly Module[] };

const MOST_SUGGESTIONS = 3;

/** Finds a module by id or name as people type it: capitals, spaces and hyphens do not matter. */
export function findModuleByText({ modules }: Pick<Catalogue, 'modules'>, text: string): FoundModule {
  const typed = squeeze(text);
  const module = modules.find((each) => squeeze(each.id) === typed || squeeze(each.name) === typed);
  return module ? { module } : { nearest: typed === '' ? [] : nearestTo(modules, typed) };
}

/** As people type and as files spell it: capitals, spaces, accents and punctuation do not matter. */
export const squeeze = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

function nearestTo(modules: readonly Module[], typed: string): Module[] {
  return modules
    .map((module) => ({ module, distance: distanceTo(module, typed) }))
    .filter(({ distance }) => distance <= Math.max(1, typed.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ module }) => module);
}

/** Distance to the name or any one word of it; a name that holds what was typed ("rmm") is nearly it. */
function distanceTo(module: Module, typed: string): number {
  const whole = squeeze(module.name);
  const forms = [whole, squeeze(module.id), ...module.name.split(' ').map(squeeze)];
  const distance = Math.min(...forms.map((form) => editDistance(form, typed)));
  return whole.includes(typed) ? Math.min(distance, 0.5) : distance;
}
