import type { z } from "zod";
import { faultAt, list, shown, type DatasetFault } from "./fault.ts";
import type { Path, YamlFile } from "./read-yaml.ts";

/** A value checked against its schema; null, with every fault at its line, where it does not fit. */
export function fit<T>(
  schema: z.ZodType<T>,
  value: unknown,
  file: Pick<YamlFile, "at">,
  base: Path,
): { readonly value: T | null; readonly faults: readonly DatasetFault[] } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, faults: [] };
  return { value: null, faults: result.error.issues.flatMap((issue) => faultsOf(issue, file, base)) };
}

function faultsOf(issue: z.core.$ZodIssue, file: Pick<YamlFile, "at">, base: Path): DatasetFault[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
  const name = nameOf(path);
  const at = file.at(path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) =>
        faultAt(
          file.at([...path, key]),
          `${name} has an unknown key ${shown(key)}`,
          "Correct its spelling or remove it.",
        ),
      );
    case "invalid_type": {
      if (issue.input === undefined && issue.message.includes("received undefined")) {
        return [faultAt(at, `${name} is missing`, `Add it, as ${articled(issue.expected)}.`)];
      }
      const quotes =
        issue.expected === "string"
          ? " Put numbers, dates and true or false that are text in double quotes."
          : "";
      return [
        faultAt(
          at,
          `${name} is not ${articled(issue.expected)}`,
          `Write ${articled(issue.expected)}.${quotes}`,
        ),
      ];
    }
    case "invalid_value":
      return [
        faultAt(
          at,
          `${name} has a value that is not known`,
          `Use one of: ${list(issue.values.map(String))}.`,
        ),
      ];
    case "invalid_union":
      return [
        faultAt(
          at,
          `${name} is neither a day nor an event`,
          "Write YYYY-MM-DD, or { event: { … } } in every language.",
        ),
      ];
    case "too_small":
      return [faultAt(at, `${name} is too small or empty`, `It needs at least ${issue.minimum}.`)];
    case "too_big":
      return [faultAt(at, `${name} is too large`, `It may be at most ${issue.maximum}.`)];
    case "not_multiple_of":
    case "invalid_format":
    case "custom":
    case "invalid_key":
    case "invalid_element":
      return [faultAt(at, `${name} ${issue.message}`, "Correct the value.")];
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  object: "a map of keys and values",
  array: "a list",
  boolean: "true or false",
};

function articled(expected: string): string {
  return TYPES[expected] ?? `a value of type ${expected}`;
}

/** commitments[3].title.en, the file itself for an empty path. */
function nameOf(path: Path): string {
  if (path.length === 0) return "The file";
  return path
    .map((step, at) =>
      typeof step === "number" ? `[${step}]` : `${at === 0 ? "" : "."}${step.slice(0, 60)}`,
    )
    .join("");
}

/** The value where it fits, undefined where it does not. */
export function fitting<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The object without the keys that hold undefined. */
export function withoutUndefined<T extends object>(value: T): Present<T> {
  const present: Present<T> = { ...value };
  for (const key in present) if (present[key] === undefined) delete present[key];
  return present;
}
