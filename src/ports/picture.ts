/** Where a click on a mark leads, and what a screen reader says: `Datto RMM: $1,234.50`. */
export interface PictureLink {
  /** A path on our own server, beginning with a single `/`. */
  readonly href: string;
  readonly label: string;
}

/** Draws a Vega-Lite spec without a browser or a network. */
export interface Picture {
  svg(
    spec: object,
    options: {
      readonly title: string;
      readonly description: string;
      /** By the `mark` number in the spec's data. */
      readonly links?: readonly PictureLink[];
    },
  ): Promise<string>;
  png(
    spec: object,
    options: { readonly title: string; readonly description: string; readonly width: number },
  ): Promise<Uint8Array>;
}
