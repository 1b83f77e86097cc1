import type { ContractId } from '../../src/domain/ids.ts';
import type { Core } from '../../src/usecases/core.ts';
import { psaName } from '../../src/usecases/psa-name.ts';
import { type PsaPages, psaPages } from '../../src/usecases/psa-pages.ts';

/** The PSA elsewhere, where people approve and post; links are missing while it cannot be reached. */
export interface PsaElsewhere {
  readonly name: string;
  readonly approveAndPost?: string;
  /** Its page of a contract, by contract id. */
  readonly contracts: ReadonlyMap<string, string>;
}

/** A page of rows is not to wait for a PSA that is away: its addresses are known at once or come later. */
const MOST_MS = 1_500;

async function soon<T>(work: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, MOST_MS, undefined).unref());
  return Promise.race([work.catch(() => undefined), late]);
}

/** Undefined where the PSA is icb's own. */
export async function readPsaElsewhere(
  { psa }: Core,
  items: readonly { readonly contractId: ContractId }[],
): Promise<PsaElsewhere | undefined> {
  const { remote } = psa;
  if (!remote) return undefined;
  const name = psaName(psa);
  const ids = [...new Set(items.map(({ contractId }) => contractId))];
  const links = await soon(
    Promise.all([
      remote.pages.approveAndPost(),
      Promise.all(ids.map(async (id) => [id, await remote.pages.contract(id)] as const)),
    ]),
  );
  if (!links) return { name, contracts: new Map() };
  const [approveAndPost, contracts] = links;
  return { name, approveAndPost, contracts: new Map(contracts) };
}

/** The PSA's pages of one billing item, with the PSA's name; undefined where it is icb's own or away. */
export async function itemPsaPages(
  core: Core,
  item: string,
): Promise<(PsaPages & { readonly name: string }) | undefined> {
  const pages = await soon(psaPages(core, { item }));
  return pages && { ...pages, name: psaName(core.psa) };
}
