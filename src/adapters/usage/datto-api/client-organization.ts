import { stableId } from '../../../domain/ids.ts';
import type { SourceOrganization } from '../../../ports/usage-source.ts';

const LONGEST = 150;

/** What belongs to no client stays in sight, as a module organization people can map or ignore. */
const WITHOUT_CLIENT: SourceOrganization = { externalId: '(no client)', name: 'Without a client' };

/**
 * A client that the vendor knows by name alone. Its id is the name without regard to case, accents' spelling and
 * spaces, so that tidying up a name keeps its mapping; a real change of name makes a new module organization.
 */
export function clientOrganization(name: string | null | undefined): SourceOrganization {
  const shown = (name ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
  if (shown === '') return WITHOUT_CLIENT;
  const id = shown.toLowerCase();
  return { externalId: id.length > LONGEST ? stableId('client', id) : id, name: shown };
}
