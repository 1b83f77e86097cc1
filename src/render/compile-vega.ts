import { Error as ErrorLevel, logger } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Vega-Lite JSON → the text of the Vega JSON behind it, so that a browser needs no compiler. */
export function compileVega(spec: object): string {
  const { spec: vega } = compile(spec as TopLevelSpec, { logger: logger(ErrorLevel) });
  return JSON.stringify(vega);
}
