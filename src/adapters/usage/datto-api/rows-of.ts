import { z } from 'zod';

const isNumbered = (value: object): boolean => {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
};

/** A list; the vendor now and then sends one as an object with the keys "0", "1" and so on. */
export const rowsOf = <Row extends z.ZodType>(row: Row) =>
  z.preprocess(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && isNumbered(value)
        ? Object.values(value)
        : value,
    z.array(row),
  );
