import type { Organization } from '../domain/organization.ts';

/** A module organization that people mapped, under the name it has there. */
export interface ConfirmedName {
  readonly moduleOrganizationId: string;
  readonly name: string;
  /** The module's name for people: "Datto BCDR". */
  readonly module: string;
  readonly organizationId: string;
}

/** What suggestions are made from, besides the module organizations to suggest for. */
export interface Evidence {
  readonly organizations: readonly Organization[];
  /** Names by which the rarity of words is judged. */
  readonly among: readonly { readonly name: string }[];
  readonly confirmed?: readonly ConfirmedName[];
  /** Pairs that people refused: never offered again. */
  readonly rejected?: readonly { readonly moduleOrganizationId: string; readonly organizationId: string }[];
  /** Web domains by id, where a system knows any. */
  readonly webDomains?: {
    readonly organizations: ReadonlyMap<string, readonly string[]>;
    readonly moduleOrganizations: ReadonlyMap<string, readonly string[]>;
  };
}
