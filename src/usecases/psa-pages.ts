import { IcbError } from '../domain/errors.ts';
import type { ContractId, OrganizationId } from '../domain/ids.ts';
import type { Core } from './core.ts';
import { findItem } from './find-item.ts';

/** Where people see it in the PSA, in a browser. */
export interface PsaPages {
  readonly organization?: string;
  readonly contract?: string;
  readonly approveAndPost: string;
}

/**
 * The remote PSA's own pages of an item, an organization or a contract; undefined with the local PSA. Errors: `not-found`.
 */
export async function psaPages(
  core: Core,
  of: {
    readonly item?: string;
    readonly organization?: OrganizationId;
    readonly contract?: ContractId;
  } = {},
): Promise<PsaPages | undefined> {
  const { remote } = core.psa;
  if (!remote) return undefined;
  const snapshot = await core.store.snapshot();
  const item = of.item === undefined ? undefined : await findItem(snapshot, of.item);
  const contractId = item?.contractId ?? of.contract;
  const contract = contractId === undefined ? undefined : await snapshot.get('contracts', contractId);
  if (contractId !== undefined && !contract && !item)
    throw new IcbError('not-found', `There is no contract "${contractId}".`);
  const organizationId = of.organization ?? item?.organizationId ?? contract?.organizationId;
  return {
    approveAndPost: await remote.pages.approveAndPost(),
    ...(organizationId === undefined
      ? {}
      : { organization: await remote.pages.organization(organizationId) }),
    ...(contractId === undefined ? {} : { contract: await remote.pages.contract(contractId) }),
  };
}
