import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** Vega-Lite's own published schema, compiled; it takes a second. */
export function specSchema(): ValidateFunction {
  const file = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json');
  const ajv = new Ajv.default({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addFormat('color-hex', true);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}
