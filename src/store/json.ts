import { z } from "zod";

/** JSON text of a column, read by a schema. */
export function jsonOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "is no JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** The JSON text of a structure, its times as ms since the epoch. */
export function toJson(value: object): string {
  return JSON.stringify(
    value,
    function (this: Readonly<Record<string, unknown>>, key: string, plain: unknown) {
      // JSON.stringify has already turned a Date into text when it asks; the holder still has it.
      const held = this[key];
      return held instanceof Date ? held.getTime() : plain;
    },
  );
}

/** A time of a column or in JSON, ms since the epoch. */
export const time = z.number().transform((ms) => new Date(ms));

/** A type without `readonly`, an optional field told from one that must be there. */
type Plain<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? {
          -readonly [Key in keyof T]-?: Pick<Partial<T>, Key> extends Pick<T, Key>
            ? ["optional", Plain<T[Key]>]
            : Plain<T[Key]>;
        }
      : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Compiles only where both types are the same but for `readonly`: a schema cannot fall behind its type. */
export function theSame<A, B>(_same: Same<Plain<A>, Plain<B>>): void {
  // Only the types matter.
}
