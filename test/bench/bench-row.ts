/** One row of `npm run bench`: our figure beside its peers', all in `unit`. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** Where an issue states one: ours ÷ the peer it names. */
  readonly ratio?: number;
  readonly unit: string;
  readonly note: string;
}
