import type { RemotePsa } from '../../ports/psa.ts';
import type { Zone } from './zone.ts';

/**
 * Pages of Autotask for people. Organizations open by the vendor's documented ExecuteCommand link (developer help, "Using
 * the ExecuteCommand API"), in which an organization is an account; OpenContract is only known from other people's
 * clients. Approve & Post has no such command: its
 * link is Autotask's own start page, from where it is Contracts > Approve & Post.
 * @param zone the one the API user's database is in
 */
export function pagesOf(zone: () => Promise<Zone>): RemotePsa['pages'] {
  async function command(code: string, parameter: string, id: string): Promise<string> {
    const url = new URL('Autotask/AutotaskExtend/ExecuteCommand.aspx', (await zone()).web);
    url.search = new URLSearchParams({ Code: code, [parameter]: id }).toString();
    return url.href;
  }
  return {
    organization: (id) => command('OpenAccount', 'AccountID', id),
    contract: (id) => command('OpenContract', 'ContractID', id),
    approveAndPost: async () => (await zone()).web.href,
  };
}
