import {
  LineCounter,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
} from "yaml";
import { faultAt, type DatasetFault, type Place } from "./fault.ts";
import { readText } from "./read-text.ts";

/** The way to a value in a file: keys and numbers of items. */
export type Path = readonly (string | number)[];

/** A YAML file that could be read. */
export interface YamlFile {
  readonly file: string;
  readonly content: unknown;
  /** The value as it was typed: "2026.10" where `content` has the number 2026.1. */
  readonly typed: (path: Path) => string | null;
  /** Where the value stands, else the nearest thing around it; with `near`, the line of the value that has that text. */
  readonly at: (path: Path, near?: string) => Place;
}

/** Aliases may make a file short, not blow it up. */
const MOST_ALIASES = 50;

/** Far more levels than a dataset has, far fewer than the parser can hold. */
const MOST_LEVELS = 100;
const TOO_DEEP = ["The file is nested too deeply", "Write it flat, as the other datasets are."] as const;

/** A parser that goes down as many levels as a hostile file has needs half a minute to fail. */
function isTower(text: string): boolean {
  if (/(?:[-?:] ){100}/u.test(text)) return true;
  let level = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/gu)) {
    level = Math.max(0, level + (bracket === "[" || bracket === "{" ? 1 : -1));
    if (level > MOST_LEVELS) return true;
  }
  return false;
}

/** Reads a file, with all of its faults at once; never throws. */
export async function readYaml(
  path: string,
): Promise<{ readonly file: YamlFile | null; readonly faults: readonly DatasetFault[] }> {
  const read = await readText(path, "The file");
  if ("fault" in read) return { file: null, faults: [read.fault] };
  const whole = { file: path, line: 1 };
  const fail = (what: string, fix: string) => ({ file: null, faults: [faultAt(whole, what, fix)] });
  if (isTower(read.text)) return fail(...TOO_DEEP);
  try {
    const lines = new LineCounter();
    const document = parseDocument(read.text, {
      lineCounter: lines,
      stringKeys: true,
      resolveKnownTags: false,
      logLevel: "silent",
    });
    const faults = [...document.errors, ...document.warnings].map((error) => {
      const line = error.linePos?.[0].line ?? lines.linePos(error.pos[0]).line;
      const what = (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/u, "");
      const twice = error.code === "DUPLICATE_KEY";
      return faultAt(
        { file: path, line },
        twice ? "The key stands here a second time" : `This is not valid YAML: ${what.replace(/[.:]$/u, "")}`,
        twice
          ? "Remove one of the two."
          : "Correct the YAML; text with : # or quotation marks goes in double quotes.",
      );
    });
    if (faults.length > 0) return { file: null, faults };
    if (document.contents === null) return fail("The file is empty", "Fill it, or remove what refers to it.");
    const content: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { file: { file: path, content, ...positions(document, lines, read.text, path) }, faults: [] };
  } catch (error) {
    if (error instanceof RangeError) return fail(...TOO_DEEP);
    const aliases = error instanceof ReferenceError;
    return aliases
      ? fail(
          "The file uses YAML aliases that cannot be resolved",
          "Write the values out instead of using & and *.",
        )
      : fail("The file is not valid YAML", "Correct the YAML.");
  }
}

/** The keys and values of a map; nothing for anything else. */
export function recordOf(content: unknown): Readonly<Record<string, unknown>> {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return {};
  return Object.fromEntries(Object.entries(content));
}

function positions(document: Document.Parsed, lines: LineCounter, text: string, file: string) {
  const offsetOf = (node: unknown): readonly [number, number] | null =>
    isNode(node) && node.range ? [node.range[0], node.range[1]] : null;
  const nearest = (path: Path): readonly [number, number] => {
    let node: unknown = document.contents;
    let range = offsetOf(node) ?? [0, 0];
    for (const step of path) {
      if (isAlias(node)) break;
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (!isPair(pair)) break;
        // The key's line stands for maps and lists, whose own range begins on the line after it.
        const value = offsetOf(pair.value);
        const key = offsetOf(pair.key);
        range = key !== null && value !== null ? [key[0], value[1]] : (key ?? value ?? range);
        node = pair.value;
      } else if (isSeq(node) && typeof step === "number") {
        node = node.items[step];
        range = offsetOf(node) ?? range;
      } else {
        break;
      }
    }
    return range;
  };
  return {
    typed(path: Path): string | null {
      const node: unknown = document.getIn(path, true);
      return isScalar(node) ? (node.source ?? null) : null;
    },
    at(path: Path, near?: string): Place {
      const [start, end] = nearest(path);
      const found = near === undefined || near === "" ? -1 : text.slice(start, end).indexOf(near);
      return { file, line: lines.linePos(start + Math.max(found, 0)).line };
    },
  };
}
