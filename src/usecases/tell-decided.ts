import type { Core } from './core.ts';

/** Lets every copy of a held line say what was decided. A copy that stays as it is changes nothing that was decided. */
export async function tellDecided(core: Core): Promise<void> {
  try {
    await core.notifier.linesDecided?.();
  } catch (error) {
    core.log.warn({ error: String(error) }, 'cards could not be told of a decision');
  }
}
