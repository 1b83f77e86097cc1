import { z } from 'zod';
import { Module } from '../domain/module.ts';
import { assessment } from './data/assessment.ts';
import { backup } from './data/backup.ts';
import { dattoRmm } from './data/datto-rmm.ts';
import { management } from './data/management.ts';
import { security } from './data/security.ts';

/** The Kaseya and Datto modules that icb comes with. */
export const BUILT_IN_MODULES: readonly Module[] = z
  .array(Module)
  .parse([dattoRmm, ...backup, ...security, ...assessment, ...management]);
