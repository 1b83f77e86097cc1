/** The published client carries no types of its own: the part the tests use. */
declare module '@apigrate/autotask-restapi' {
  interface EntityApi {
    query(search: object): Promise<{ items: Record<string, unknown>[]; pageDetails: { count: number } }>;
    count(search: object): Promise<{ queryCount: number }>;
    get(id: number): Promise<{ item: Record<string, unknown> | null } | null>;
    // biome-ignore lint/suspicious/noExplicitAny: children take the parent's id first
    create(...args: any[]): Promise<{ itemId: number | null }>;
    // biome-ignore lint/suspicious/noExplicitAny: children take the parent's id first
    update(...args: any[]): Promise<{ itemId: number | null }>;
    info(): Promise<{ info: Record<string, unknown> }>;
    fieldInfo(): Promise<{
      fields: { name: string; picklistValues: { value: string; label: string }[] | null }[];
    }>;
    udfInfo(): Promise<{ fields: { name: string }[] }>;
  }
  export class AutotaskApiError extends Error {
    readonly status: number;
    readonly details: { errors?: string[] } | string | null;
  }
  export class AutotaskRestApi {
    constructor(user: string, secret: string, code: string, options: { base_url: string });
    readonly zoneInfo?: { url: string };
    readonly Companies: EntityApi;
    readonly Contracts: EntityApi;
    readonly ContractServices: EntityApi;
    readonly ContractServiceUnits: EntityApi;
    readonly ContractServiceAdjustments: EntityApi;
    readonly BillingItems: EntityApi;
  }
}
