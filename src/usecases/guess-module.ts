import type { Catalogue } from '../catalog/catalogue.ts';
import { squeeze } from '../catalog/find-module-by-text.ts';
import type { Module } from '../domain/module.ts';
import { findBillingType } from '../usage-feed/find-billing-type.ts';
import type { Table } from '../usage-feed/read-table.ts';

/**
 * The module a file is probably of: the one its name tells, else the only one whose billing types its titles tell best.
 * Undefined where that leaves a doubt.
 */
export function guessModule(
  { modules }: Pick<Catalogue, 'modules'>,
  file: string,
  table: Table,
): Module | undefined {
  return modules.length === 1 ? modules[0] : (byFileName(modules, file) ?? byTitles(modules, table));
}

function byFileName(modules: readonly Module[], file: string): Module | undefined {
  const name = squeeze(file);
  const named = modules
    .filter((module) => [module.name, module.id].some((text) => name.includes(squeeze(text))))
    .sort((a, b) => b.name.length - a.name.length);
  const [first] = named;
  // "datto-edr-and-datto-av.csv" tells nothing; "datto-endpoint-backup-servers.csv" only its longest name.
  const others = named.filter((each) => first && !squeeze(first.name).includes(squeeze(each.name)));
  return others.length === 0 ? first : undefined;
}

function byTitles(modules: readonly Module[], table: Table): Module | undefined {
  const scores = modules
    .map((module) => ({
      module,
      score: table.columns.filter((title) => findBillingType(module, title)).length,
    }))
    .sort((a, b) => b.score - a.score);
  const [best, next] = scores;
  return best && best.score > 0 && best.score > (next?.score ?? 0) ? best.module : undefined;
}
