type Lists = Readonly<Record<string, readonly unknown[]>>;

/**
 * Whether lists hold the very records that they held before. Stores give out an unchanged record as the same object
 * for as long as they keep it in memory, so that this is quick, and errs on the side of looking again.
 */
export const sameRecords = (before: object | undefined, now: Lists): boolean =>
  before !== undefined &&
  Object.entries(now).every(([kind, records]) => {
    const others = (before as Record<string, unknown>)[kind];
    return (
      Array.isArray(others) &&
      others.length === records.length &&
      records.every((record, i) => record === others[i])
    );
  });
