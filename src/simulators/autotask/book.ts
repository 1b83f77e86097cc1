/** What an MSP keeps in Autotask, as far as recurring billing goes. Ids are Autotask's, whole numbers. */
export interface SimBook {
  readonly companies: readonly SimCompany[];
  readonly contracts: readonly SimContract[];
  readonly services: readonly SimService[];
  readonly contractServices: readonly SimContractService[];
}

export interface SimCompany {
  /** 0 is the MSP itself. */
  readonly id: number;
  readonly name: string;
  /** The picklist's number, or its label in any case. Customer when left out. */
  readonly type?: number | string;
  readonly active?: boolean;
  readonly parentId?: number;
  /** ISO 4217; the MSP's own, USD, when left out. */
  readonly currency?: string;
}

export interface SimContract {
  readonly id: number;
  readonly companyId: number;
  readonly name: string;
  /** The picklist's number, or its label in any case, with spaces or hyphens: `recurring-service`, the default. */
  readonly type?: number | string;
  /** Label: `monthly`, the default. */
  readonly periodType?: string;
  /** Label: `active`, the default. */
  readonly status?: string;
  /** YYYY-MM-DD. */
  readonly startDate: string;
  readonly endDate: string;
}

export interface SimService {
  readonly id: number;
  readonly name: string;
  readonly unitPrice: number;
  readonly unitCost?: number;
}

export interface SimContractService {
  readonly id: number;
  readonly contractId: number;
  readonly serviceId: number;
  /** What this contract pays for a unit; the service's own price when left out. */
  readonly unitPrice?: number;
  readonly unitCost?: number;
  /** In force from the contract's start; 0 when left out. */
  readonly units?: number;
}
