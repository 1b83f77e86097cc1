export type FieldKind = 'text' | 'int' | 'long' | 'dec' | 'bool' | 'date' | 'time';

/** One field of an entity, as its metadata tells it. */
export interface EntityField {
  readonly name: string;
  /** `date` holds a day, `time` an instant; both are `datetime` in metadata. */
  readonly kind: FieldKind;
  /** Of a text; 0 for other kinds. */
  readonly length: number;
  /** With `isReadOnly`: given at create and fixed afterwards. */
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  readonly isQueryable: boolean;
  readonly isPickList: boolean;
  /** Singular name of the entity it points to. */
  readonly reference: string;
  /** Unset, it is "" on the wire instead of null. */
  readonly emptyText: boolean;
  /** Taken in a write, never shown. */
  readonly writeOnly: boolean;
}

/**
 * Reads a table of fields: `name kind[length]flags[>Reference]`, comma separated. Flags: `*` required, `!` read-only,
 * `~` not usable in filters, `#` picklist, `"` shown as "" when unset, `^` write-only.
 */
export const fieldsFrom = (table: string): EntityField[] =>
  table
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const parts = /^(\w+) (text|int|long|dec|bool|date|time)(\d*)([*!~#"^]*)(?:>(\w+))?$/.exec(entry);
      if (parts === null) throw new Error(`A field table has "${entry}", which is not a field.`);
      const [, name = '', kind = '', length = '', flags = '', reference = ''] = parts;
      return {
        name,
        kind: kind as FieldKind,
        length: Number(length),
        isRequired: flags.includes('*'),
        isReadOnly: flags.includes('!'),
        isQueryable: !flags.includes('~'),
        isPickList: flags.includes('#'),
        reference,
        emptyText: flags.includes('"'),
        writeOnly: flags.includes('^'),
      };
    });
