/** Facts whose text names nobody: ids that icb made, words from closed lists, patterns of routes. */
const TELLABLE = new Set([
  'reference',
  'requestId',
  'run',
  'runs',
  'module',
  'trigger',
  'state',
  'kind',
  'method',
  'route',
  'code',
  'type',
  'from',
  'baseUrl',
  'widget',
  'item',
  'request',
  'link',
  'version',
  'connection',
]);

const LEFT_OUT = '[left out]';

/**
 * The facts of a line of the log without anything that may hold the name of a customer or a person: numbers stay, text
 * only where it comes from icb itself, and of an error its type, its code and where it was thrown.
 */
export function nameless(facts: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [
      key,
      key === 'err' || key === 'error' ? errorWithoutWords(value) : withoutNames(key, value),
    ]),
  );
}

function withoutNames(key: string, value: unknown): unknown {
  if (typeof value === 'string') return TELLABLE.has(key) ? value : LEFT_OUT;
  if (Array.isArray(value)) return value.map((each) => withoutNames(key, each));
  return typeof value === 'object' && value !== null ? nameless(value) : value;
}

const FRAME = /^\s+at /;

/** Of an error, or of one that was made into text: its class and the places in the code. */
function errorWithoutWords(error: unknown): object {
  const text = error instanceof Error ? (error.stack ?? '') : String(error);
  const type = error instanceof Error ? error.name : (/^[A-Za-z]*Error\b/.exec(text)?.[0] ?? 'Error');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const stack = text.split('\n').filter((line) => FRAME.test(line));
  return {
    type,
    ...(typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? { code } : {}),
    ...(stack.length > 0 ? { stack: stack.join('\n') } : {}),
  };
}
