/**
 * `make`, asked once for each text of those met first: records by the hundred thousand name the same few. What comes
 * after `most` texts is made anew each time, so that no flood of new ones fills the memory.
 */
export function remembered<T>(most: number, make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = make(text);
    if (known.size < most) known.set(text, made);
    return made;
  };
}
