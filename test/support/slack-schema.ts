import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Json } from '../../src/simulators/slack/block-kit/walk-blocks.ts';

const FILE = new URL(
  '../../../shared/specs/slack/slack-types-schema/slack-types-3.2.0.surfaces.schema.json',
  import.meta.url,
);

export const HAS_SLACK_SCHEMA = existsSync(FILE);

/** In Slack since June 2026, and not in the types the schema is made of; our own limits table checks it. */
const UNKNOWN_TO_IT = new Set(['data_visualization']);

type Part = 'MessageBlock' | 'StrictModal' | 'StrictHome';
const compiled = new Map<Part, ValidateFunction>();
let schema: object | undefined;

function validator(part: Part): ValidateFunction {
  const known = compiled.get(part);
  if (known) return known;
  schema ??= JSON.parse(readFileSync(FILE, 'utf8')) as object;
  const ajv = new Ajv({ strict: false });
  const made = ajv.compile({ ...schema, $ref: `#/definitions/${part}` });
  compiled.set(part, made);
  return made;
}

const said = (validate: ValidateFunction, value: unknown, where: string): string[] =>
  validate(value)
    ? []
    : [
        `${where}: ${(validate.errors ?? []).map((each) => `${each.instancePath} ${each.message}`).join('; ')}`,
      ];

/** What the schema made of Slack's own types says of message blocks; nothing where the schema is not present. */
export function schemaProblemsOfBlocks(blocks: readonly Json[]): string[] {
  if (!HAS_SLACK_SCHEMA) return [];
  return blocks
    .filter((block) => !UNKNOWN_TO_IT.has(String(block.type)))
    .flatMap((block, at) => said(validator('MessageBlock'), block, `schema of block ${at} (${block.type})`));
}

export const schemaProblemsOfView = (view: Json): string[] =>
  HAS_SLACK_SCHEMA
    ? said(validator(view.type === 'home' ? 'StrictHome' : 'StrictModal'), view, `schema of the ${view.type}`)
    : [];
