/** One thing that was looked at in a connection. Where it is not well, the sentence says what to do. */
export interface Finding {
  readonly ok: boolean;
  readonly text: string;
}
