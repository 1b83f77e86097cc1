/** Draws a Vega-Lite spec without a browser or a network. */
export interface Picture {
  svg(spec: object, options: { readonly title: string; readonly description: string }): Promise<string>;
  png(
    spec: object,
    options: { readonly title: string; readonly description: string; readonly width: number },
  ): Promise<Uint8Array>;
}
