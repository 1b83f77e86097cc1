import { z } from 'zod';
import { type BillingType, Module } from '../domain/module.ts';
import { assessment } from './data/assessment.ts';
import { backup } from './data/backup.ts';
import { dattoRmm } from './data/datto-rmm.ts';
import { management } from './data/management.ts';
import { security } from './data/security.ts';

const byName = (a: Module, b: Module): number => a.name.localeCompare(b.name, 'en');

const CATALOG: readonly Module[] = z
  .array(Module)
  .parse([dattoRmm, ...backup, ...security, ...assessment, ...management])
  .sort(byName);

const BY_ID: ReadonlyMap<string, Module> = new Map(CATALOG.map((module) => [module.id, module]));

/** Every module of the catalogue, by name. */
export const modules = (): readonly Module[] => CATALOG;

/** The module with exactly this id, such as `datto-rmm`. */
export const findModule = (id: string): Module | undefined => BY_ID.get(id);

/** The billing type of exactly that name, or undefined when module or name is unknown. */
export const billingTypeOf = (moduleId: string, name: string): BillingType | undefined =>
  findModule(moduleId)?.billingTypes.find((type) => type.name === name);
