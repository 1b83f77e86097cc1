import { ModuleId } from '../../../domain/ids.ts';
import type { UsageSource } from '../../../ports/usage-source.ts';
import type { ClientDeps } from '../../http/vendor-session.ts';
import { listFindings } from '../counting/connection-findings.ts';
import { sideBySide } from '../counting/side-by-side.ts';
import type { DattoApi } from '../datto-api/datto-api.ts';
import { createSaasProtectionClient } from './client.ts';
import { customersOf, toUsageAnswer } from './mapper.ts';

const SAAS_PROTECTION = ModuleId.parse('saas-protection');

/**
 * Counts SaaS Protection: all domains, then the seats of each customer. The vendor is slow: a large account needs the
 * night's 15 minutes.
 */
export function saasProtectionSource(api: DattoApi, deps: Pick<ClientDeps, 'timeoutMs'> = {}): UsageSource {
  const client = createSaasProtectionClient(api, deps);
  return {
    module: SAAS_PROTECTION,
    async inspect({ signal }) {
      return listFindings('SaaS Protection', await client.domains({ signal }), 'domains');
    },
    async count({ signal, onRequest, onProgress }) {
      const call = { signal, onRequest };
      const customers = customersOf(await client.domains(call));
      onProgress?.(0, customers.length);
      const counted = await sideBySide(
        customers,
        call,
        async (customer, own) => ({ customer, seats: await client.seats(customer.id, own) }),
        onProgress,
      );
      return toUsageAnswer(counted);
    },
  };
}
