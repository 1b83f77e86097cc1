import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { ModuleOrganizationId, OrganizationId } from '../domain/ids.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import { type Organization, unmappableBecause } from '../domain/organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { RejectedPair } from '../domain/rejected-pair.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { mappingSentence, rejectionSentence } from './mapping-sentence.ts';
import { type Names, namesIn } from './names.ts';
import { parseInput } from './parse-input.ts';
import { acceptedAfterAll, newlyRejected } from './reject-suggestions.ts';
import { suggestFor } from './suggest-for.ts';

const organizations = z.array(OrganizationId).min(1, 'an organization').max(100);
const subject = {
  moduleOrganizationId: ModuleOrganizationId,
  /** Organizations that it is not: they are not suggested for it again. Mapping to one by hand takes that back. */
  reject: organizations.optional(),
};

export const MappingDecision = z.union([
  /** `expect: 'unmapped'`: refuse when somebody decided on it meanwhile. */
  z.strictObject({ ...subject, organizationId: OrganizationId, expect: z.literal('unmapped').optional() }),
  z.strictObject({
    ...subject,
    ignore: z.string().trim().min(1, 'a reason').max(500),
    expect: z.literal('unmapped').optional(),
  }),
  z.strictObject({ ...subject, unmap: z.literal(true) }),
  z.strictObject({ ...subject, reject: organizations }),
]);
export type MappingDecision = z.input<typeof MappingDecision>;

export interface SavedMappings {
  readonly changed: number;
  readonly lines: readonly string[];
  /** For `undoMappings`; left out where nothing changed. */
  readonly change?: string;
}

/**
 * Saves people's decisions on module organizations, all or none, with who and when. Deciding the same again changes
 * nothing. Errors: `not-found`, `unknown-organization`, `not-mappable`, `conflict`,
 * `bad-input`.
 * @returns a sentence for each change, and the audit entry by which they can be taken back together
 */
export async function confirmMappings(
  core: Core,
  { by, mappings }: { readonly by: Actor; readonly mappings: readonly MappingDecision[] },
): Promise<SavedMappings> {
  const decisions = parseInput(
    z.array(MappingDecision),
    mappings,
    'The organization mappings cannot be read; nothing was saved.',
  );
  refuseTwice(decisions);
  return commit(core, by, async (snapshot) => {
    const context = await readContext(core, snapshot, decisions);
    const put: OrganizationMapping[] = [];
    const remove: OrganizationMapping[] = [];
    const old: (OrganizationMapping | null)[] = [];
    const rejected: RejectedPair[] = [];
    const accepted: RejectedPair[] = [];
    const lines: string[] = [];
    for (const decision of decisions) {
      const own = context.moduleOrganizations.get(decision.moduleOrganizationId);
      if (!own)
        throw new IcbError(
          'not-found',
          `There is no module organization "${decision.moduleOrganizationId}".`,
        );
      const before = context.mappings.get(own.id);
      refuseSecond(decision, own, before, context.names);
      const after = decide(core, by, decision, own, context);
      if (!same(before, after)) {
        old.push(before ?? null);
        if (after) put.push(after);
        else if (before) remove.push(before);
        lines.push(mappingSentence(own, after, context.names));
        accepted.push(...acceptedAfterAll(after, context.rejected));
      }
      const refused = (decision.reject ?? []).map((id) => knownOrganization(id, context));
      const who = { by, at: isoInstant(core.clock.now()) };
      for (const pair of newlyRejected(own, refused, after, context.rejected, who)) {
        rejected.push(pair);
        lines.push(rejectionSentence(own, pair, true, context.names));
      }
    }
    const change = lines.length > 0 ? core.newId('au') : undefined;
    return {
      changes: {
        put: {
          organizationMappings: put,
          ...(rejected.length > 0 ? { rejectedPairs: rejected } : {}),
        },
        remove: [
          ...remove.map(({ id }) => ({ kind: 'organizationMappings' as const, id })),
          ...accepted.map(({ id }) => ({ kind: 'rejectedPairs' as const, id })),
        ],
      },
      ...(change
        ? {
            audit: {
              id: change,
              action: 'confirm-mappings',
              text: lines.length === 1 ? (lines[0] ?? '') : `${lines.length} organization mappings changed`,
              before: [...old, ...accepted],
              after: [...put, ...rejected],
            },
          }
        : {}),
      result: { changed: lines.length, lines, ...(change ? { change } : {}) },
    };
  });
}

/** Two decisions on one module organization would leave it to chance which one holds. */
function refuseTwice(decisions: readonly { readonly moduleOrganizationId: string }[]): void {
  const ids = decisions.map((decision) => decision.moduleOrganizationId);
  if (new Set(ids).size === ids.length) return;
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  throw new IcbError(
    'bad-input',
    `"${twice}" is decided twice in one request; nothing was saved. Send one decision for each module organization.`,
  );
}

async function readContext(
  core: Core,
  snapshot: Snapshot,
  decisions: readonly { moduleOrganizationId: ModuleOrganizationId }[],
) {
  const organizations = await snapshot.list('organizations');
  const moduleOrganizations = new Map(
    (await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]),
  );
  const asked = decisions.flatMap((each) => moduleOrganizations.get(each.moduleOrganizationId) ?? []);
  // What people decided before on the same module organizations is no evidence for deciding anew.
  const suggestions = await suggestFor(core, snapshot, asked, new Set(asked.map(({ id }) => id)));
  return {
    names: await namesIn(snapshot),
    organizations: new Map(organizations.map((each) => [each.id, each])),
    moduleOrganizations,
    mappings: new Map((await snapshot.list('organizationMappings')).map((each) => [each.id, each])),
    rejected: new Map((await snapshot.list('rejectedPairs')).map((each) => [each.id, each])),
    suggestions: new Map(suggestions.map((each) => [each.moduleOrganizationId, each])),
  };
}
type Context = Awaited<ReturnType<typeof readContext>>;

function decide(
  core: Core,
  by: Actor,
  decision: z.output<typeof MappingDecision>,
  own: ModuleOrganization,
  context: Context,
): OrganizationMapping | undefined {
  const common = { id: own.id, module: own.module, by, at: isoInstant(core.clock.now()) };
  if ('unmap' in decision) return undefined;
  if ('ignore' in decision) return { status: 'ignored', ...common, reason: decision.ignore };
  if (!('organizationId' in decision)) return context.mappings.get(own.id);
  const organization = knownOrganization(decision.organizationId, context);
  const because = unmappableBecause(organization);
  if (because)
    throw new IcbError('not-mappable', `${own.name} cannot be mapped to ${organization.name}: ${because}.`);
  const offered = context.suggestions
    .get(own.id)
    ?.candidates.find((each) => each.organizationId === organization.id);
  return {
    status: 'mapped',
    ...common,
    organizationId: organization.id,
    ...(offered ? { suggestion: { confidence: offered.confidence, reason: offered.reason } } : {}),
  };
}

function knownOrganization(id: OrganizationId, { organizations: known }: Context): Organization {
  const organization = known.get(id);
  if (organization) return organization;
  throw new IcbError('unknown-organization', `There is no organization "${id}" in the PSA.`);
}

function refuseSecond(
  decision: z.output<typeof MappingDecision>,
  own: ModuleOrganization,
  before: OrganizationMapping | undefined,
  names: Names,
): void {
  if (!('expect' in decision) || decision.expect !== 'unmapped' || !before) return;
  const isSame =
    'ignore' in decision
      ? before.status === 'ignored'
      : before.status === 'mapped' && before.organizationId === decision.organizationId;
  if (isSame) return;
  const what =
    before.status === 'mapped' ? `mapped to ${names.organization(before.organizationId)}` : 'ignored';
  throw new IcbError(
    'conflict',
    `${own.name} was already ${what} by ${before.by.name} at ${before.at.slice(0, 16).replace('T', ' ')} UTC. Nothing was saved; open the list again.`,
  );
}

function same(before: OrganizationMapping | undefined, after: OrganizationMapping | undefined): boolean {
  if (!before || !after) return before === after;
  if (before.status === 'mapped' && after.status === 'mapped')
    return before.organizationId === after.organizationId;
  return before.status === 'ignored' && after.status === 'ignored' && before.reason === after.reason;
}
