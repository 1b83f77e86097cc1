import type { z } from 'zod';

/** One reason for a refusal; `pointer` is a JSON pointer such as `/blocks/0/text`. */
export interface Problem {
  readonly message: string;
  readonly pointer: string;
}

/** A problem as Slack words it in `errors` and `response_metadata.messages`. */
export const formatProblem = ({ message, pointer }: Problem): string =>
  `${message} [json-pointer:${pointer}]`;

/** Turns zod's issues about `input` into problems whose pointers start at `base`. */
export function problemsOf(error: z.ZodError, input: unknown, base: string): Problem[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String);
    const at = (keys: readonly string[]) => base + keys.map((key) => `/${key}`).join('');
    switch (issue.code) {
      case 'unrecognized_keys':
        return { message: `invalid additional property: ${issue.keys.join(', ')}`, pointer: at(path) };
      case 'invalid_union':
        return { message: `unsupported type: ${String(valueAt(input, path))}`, pointer: at(path) };
      case 'too_big':
        return { message: `no more than ${issue.maximum}${unit(issue.origin)} allowed`, pointer: at(path) };
      case 'too_small':
        return { message: `no fewer than ${issue.minimum}${unit(issue.origin)} allowed`, pointer: at(path) };
      case 'invalid_type':
        if (valueAt(input, path) !== undefined)
          return { message: `must be of type ${issue.expected}`, pointer: at(path) };
        return {
          message: `missing required field: ${path.at(-1) ?? 'value'}`,
          pointer: at(path.slice(0, -1)),
        };
      default:
        return { message: issue.message, pointer: at(path) };
    }
  });
}

const unit = (origin: string): string => (origin === 'array' ? ' items' : '');

function valueAt(input: unknown, path: readonly string[]): unknown {
  let value = input;
  for (const key of path) value = (value as Record<string, unknown> | undefined)?.[key];
  return value;
}
