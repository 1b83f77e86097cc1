import { createRoute, z } from '@hono/zod-openapi';
import { ContractType, notBillableBecause } from '../../src/domain/contract.ts';
import { Currency, Day, json, Money, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const ContractShape = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    name: z.string(),
    type: z.enum(ContractType.options),
    periodType: z.enum(['monthly', 'quarterly', 'semi-annually', 'yearly']),
    status: z.enum(['active', 'inactive']),
    startDate: Day,
    endDate: Day.nullable(),
    billable: z.boolean().openapi({ description: 'Whether usage can bill on it' }),
    because: z.string().optional().openapi({ description: 'Why not' }),
    services: z.array(
      z.object({
        id: z.string().openapi({ description: 'The contract service' }),
        service: z.string(),
        unitPrice: Money,
        unitCost: Money.optional(),
        currency: Currency,
      }),
    ),
  })
  .openapi('Contract');

const Query = PageQuery.extend({ organization: z.string().optional() });

export function contractRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/contracts',
      tags: ['contracts'],
      summary: 'Contracts of the PSA with their contract services',
      request: { query: Query },
      responses: { 200: json(pageOf(ContractShape), 'Contracts'), ...PROBLEMS },
    }),
    async (c) => {
      const { organization, ...query } = c.req.valid('query');
      const snapshot = await c.var.deps.core.store.snapshot();
      const all = await snapshot.list('contracts');
      const services = Map.groupBy(await snapshot.list('contractServices'), (each) => each.contractId);
      const wanted = all.filter((each) => organization === undefined || each.organizationId === organization);
      const page = pageFrom(wanted, query);
      const items = page.items.map((contract) => {
        const own = services.get(contract.id) ?? [];
        const because = notBillableBecause(contract, own.length);
        return { ...contract, services: own, billable: because === undefined, because };
      });
      return c.json(pageOf(ContractShape).parse({ ...page, items }), 200);
    },
  );
}
