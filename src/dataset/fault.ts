/** Something wrong with a dataset or its article: where, what, and what to do about it, in English. */
export interface DatasetFault {
  /** The path as it was given, joined with the file's name. */
  readonly file: string;
  /** From 1; 1 also where the whole file is meant. */
  readonly line: number;
  /** Without a full stop at the end. */
  readonly what: string;
  /** A whole sentence or two. */
  readonly fix: string;
}

/** A place in a file. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export function faultAt(place: Place, what: string, fix: string): DatasetFault {
  return { file: place.file, line: place.line, what, fix };
}

/** One line for a terminal: `file:line: what. fix` */
export function formatFault({ file, line, what, fix }: DatasetFault): string {
  return oneLine(`${file}:${line}: ${what}. ${fix}`);
}

/** Text from a file as it can be shown: on one line, without control characters, not longer than a line. */
export function shown(text: string, longest = 80): string {
  const characters = [...oneLine(text)];
  return characters.length <= longest
    ? `"${characters.join("")}"`
    : `"${characters.slice(0, longest).join("")}…"`;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");
}

/** A list for a person, cut where it gets long; "none" when empty. */
export function list(items: readonly string[], most = 40): string {
  if (items.length === 0) return "none";
  const cut = items.length > most ? [...items.slice(0, most), `and ${items.length - most} more`] : items;
  return oneLine(cut.join(", "));
}

/** By file and line, each said once. */
export function ordered(faults: readonly DatasetFault[]): DatasetFault[] {
  const once = new Map(faults.map((fault) => [formatFault(fault), fault]));
  return [...once.values()].sort((a, b) => compare(a.file, b.file) || a.line - b.line);
}

/** Code-unit order, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
