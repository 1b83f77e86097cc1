const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * The line, from 1, on which each value of a well-formed JSON text begins, by its path (`measure.aggregate`), so that a
 * sentence about a field can say where it stands.
 */
export function jsonLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const path: (string | number)[] = [];
  const inArray: boolean[] = [];
  let line = 1;
  let from = 0;
  let key = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    line += text.slice(from, index).split('\n').length - 1;
    from = index;
    if (token === '{' || token === '[') {
      lines.set(path.join('.'), lines.get(path.join('.')) ?? line);
      inArray.push(token === '[');
      path.push(token === '[' ? 0 : '');
      key = token === '{';
    } else if (token === '}' || token === ']') {
      inArray.pop();
      path.pop();
      key = false;
    } else if (token === ',') {
      const last = path.pop();
      path.push(inArray.at(-1) ? Number(last) + 1 : '');
      key = !inArray.at(-1);
    } else if (token === ':') key = false;
    else if (key) {
      path.splice(-1, 1, JSON.parse(token));
      lines.set(path.join('.'), line);
    } else lines.set(path.join('.'), lines.get(path.join('.')) ?? line);
  }
  return lines;
}
