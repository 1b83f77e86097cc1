import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { ServiceMapping } from '../domain/service-mapping.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { readMappingContext, sameServiceDecision } from './map-billing-types.ts';
import { refuseConflicts } from './service-mapping-conflicts.ts';
import type { UndoneMappings } from './undo-mappings.ts';
import { refuseSynced, refuseTooLate } from './undo-time.ts';

/** Savings of service mappings; taking back is a saving too, and can be taken back. */
export const UNDOABLE_SERVICES: ReadonlySet<string> = new Set(['map-billing-types', 'undo-service-mappings']);

const Changed = z.array(ServiceMapping.nullable());

/**
 * Takes one saving of service mappings back, before a sync goes by it: each billing type is billed as it was before, unless
 * somebody has changed that since.
 * @param change the audit entry of the saving
 * Errors: `not-found`, `conflict`, and `double-mapping` or `share-mismatch` where what was before fits no more.
 */
export function undoServiceMappings(
  core: Core,
  { by, change }: { readonly by: Actor; readonly change: string },
): Promise<UndoneMappings> {
  return commit<UndoneMappings>(core, by, async (snapshot) => {
    const entry = await snapshot.get('audit', change);
    if (!entry || !UNDOABLE_SERVICES.has(entry.action))
      throw new IcbError('not-found', 'This saving is not known any more; see /icb services.');
    refuseTooLate(entry, core.clock.now());
    await refuseSynced(snapshot, entry);
    const context = await readMappingContext(snapshot);
    const name = ({ module, billingType }: ServiceMapping) =>
      context.catalogue.billingType(module, billingType)?.label ?? billingType;
    const [before, after] = [Changed.parse(entry.before), Changed.parse(entry.after)];
    const now = new Map((await snapshot.list('serviceMappings')).map((each) => [each.id, each]));
    const pairs = before.map((was, index) => ({ was, became: after[index] ?? null }));
    const stands = pairs.filter(({ was, became }) => {
      const current = now.get((became ?? was)?.id ?? '');
      return became ? sameServiceDecision(current, became) : current === undefined;
    });
    const at = isoInstant(core.clock.now());
    const put = stands.flatMap(({ was }) => (was ? [{ ...was, by, at }] : []));
    const gone = stands.flatMap(({ was, became }) => (was || !became ? [] : [became]));
    const then = new Map(now);
    for (const { id } of gone) then.delete(id);
    for (const each of put) then.set(each.id, each);
    refuseConflicts([...then.values()], put, context);
    const lines = [
      ...put.map((each) => `${name(each)} → ${context.serviceName(each)} again`),
      ...gone.map((each) => `${name(each)} is not mapped again`),
    ];
    return {
      changes: {
        put: { serviceMappings: put },
        remove: gone.map(({ id }) => ({ kind: 'serviceMappings', id }) as const),
      },
      ...(lines.length > 0
        ? {
            audit: {
              action: 'undo-service-mappings',
              subject: change,
              text:
                lines.length === 1
                  ? `Taken back: ${lines[0]}`
                  : `${lines.length} service mappings taken back`,
              before: stands.map(({ became }) => became),
              after: stands.map(({ was }) => (was ? { ...was, by, at } : null)),
            },
          }
        : {}),
      result: {
        lines,
        left: pairs.flatMap((each) => {
          const mapping = each.became ?? each.was;
          return stands.includes(each) || !mapping ? [] : [name(mapping)];
        }),
      },
    };
  });
}
