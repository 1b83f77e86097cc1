export interface SimAgent {
  readonly id: string;
  readonly hostname: string;
  readonly platform: 'Windows' | 'macOS' | 'Linux';
}

export interface SimFirewall {
  readonly id: number;
  readonly hostname: string;
  readonly vendor: string;
}

/** A customer's account; the provider's own is one too. */
export interface SimCyberAccount {
  readonly id: number;
  readonly name: string;
  readonly agents: readonly SimAgent[];
  readonly firewalls: readonly SimFirewall[];
  /** Null: the vendor has nothing about its Microsoft 365, and answers 404. */
  readonly officeUsers: number | null;
}
