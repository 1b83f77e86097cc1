/** Where figures of a running icb are kept, for whoever watches it. What is told here changes nothing. */
export interface Meter {
  /** One answered request, by the pattern of its route: never its address, which may hold a token. */
  request(told: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  /** How long Slack waited for its answer. */
  slackAnswered(status: number, seconds: number): void;
  /** One HTTP request made to a module's vendor or to a PSA, repeats included. */
  vendorRequest(vendor: string): void;
  /** A read or a write of the store. */
  stored(operation: 'snapshot' | 'list' | 'get' | 'commit', seconds: number, failed: boolean): void;
  /** A sync that has ended. */
  runEnded(run: {
    readonly trigger: string;
    readonly state: string;
    readonly dryRun: boolean;
    readonly seconds: number;
    readonly modules: readonly {
      readonly id: string;
      readonly state: string;
      readonly seconds?: number | undefined;
    }[];
  }): void;
}

/** Figures that are read when somebody asks. */
export interface Gauges {
  /** Plan lines whose counts wait for a person. */
  readonly heldLines: number;
  readonly pending: readonly { readonly currency: string; readonly amount: string; readonly items: number }[];
  /** Changes of units for a PSA elsewhere that are not over: queued, sending, unknown, refused. */
  readonly unitChanges: readonly { readonly status: string; readonly count: number }[];
  /** When the newest sync of all modules that counted all of them ended. */
  readonly lastDoneAt?: string;
  readonly runsUnderWay: number;
  readonly revision: number;
}
