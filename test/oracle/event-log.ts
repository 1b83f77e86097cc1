/** Usage of one module on one day: external id → billing type → quantity. What is absent is zero. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export type UnitRule = 'prorate-daily' | 'next-period' | 'peak';
export type DropRule = 'prorate-daily' | 'next-period';

/** One billing type on one contract, whichever service it feeds. */
export interface LineKey {
  readonly contractId: string;
  readonly module: string;
  readonly billingType: string;
}

export interface ServiceDecision extends LineKey {
  readonly contractServiceId: string;
  readonly unitRule: UnitRule;
  readonly dropRule?: DropRule;
  readonly minimum?: number;
  /** Percent. */
  readonly share?: number;
  readonly from: 'period-start' | 'today';
}

export interface BookContract {
  readonly id: string;
  readonly organizationId: string;
  readonly startDate: string;
  readonly endDate: string | null;
}

export interface BookService {
  readonly id: string;
  readonly contractId: string;
  readonly unitPrice: string;
  /** Units the PSA holds before any mapping. */
  readonly units: number;
}

export interface BookModuleOrganization {
  readonly module: string;
  readonly externalId: string;
}

/** What stands before the first day. */
export interface Book {
  readonly modules: readonly string[];
  readonly organizations: readonly string[];
  readonly contracts: readonly BookContract[];
  readonly services: readonly BookService[];
  readonly moduleOrganizations: readonly BookModuleOrganization[];
}

/** One thing that happens, in the order of the log. A day without `sync` is a missed night. */
export type Step = { readonly date: string } & (
  | { readonly kind: 'sync'; readonly answers: Readonly<Record<string, Counts | 'failed'>> }
  | { readonly kind: 'map-organization'; readonly to: string; readonly of: BookModuleOrganization }
  | { readonly kind: 'unmap-organization'; readonly of: BookModuleOrganization }
  | { readonly kind: 'ignore-organization'; readonly of: BookModuleOrganization }
  | { readonly kind: 'map-services'; readonly decisions: readonly ServiceDecision[] }
  | { readonly kind: 'ignore-service'; readonly line: LineKey }
  | { readonly kind: 'enable-module' | 'disable-module'; readonly module: string }
  | { readonly kind: 'import-services'; readonly services: readonly BookService[] }
  | { readonly kind: 'post' }
  | { readonly kind: 'release'; readonly line: LineKey }
  | {
      readonly kind: 'exclude';
      readonly line: LineKey;
      readonly until: string;
      readonly units?: number;
    }
);

export interface EventLog {
  readonly book: Book;
  readonly steps: readonly Step[];
}

export const lineName = ({ contractId, module, billingType }: LineKey): string =>
  [contractId, module, billingType].join(' | ');

/** What both sides say of a billing item, as text that compares and reads well. */
export interface ItemFacts {
  readonly contractServiceId: string;
  readonly module: string | null;
  readonly billingType: string | null;
  readonly period: string;
  readonly itemDate: string;
  readonly kind: 'period' | 'adjustment';
  readonly status: 'pending' | 'posted';
  readonly units: number;
  /** Four decimals. */
  readonly amount: string;
  readonly corrects: boolean;
}
