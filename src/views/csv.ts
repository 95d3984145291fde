/** Null is an empty cell; a number is written as one, never as text. */
export type Cell = string | number | null;

/**
 * Rows as a spreadsheet opens them: UTF-8 with BOM, CRLF, quoted by RFC 4180. Text that would be taken for a formula has an
 * apostrophe in front.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;
}

/**
 * Signs that begin a formula, full-width ones included. One character alone is none, so the comparator = stays as it is.
 * Apostrophes in front count too, so that taking one away again always gives back what was there.
 */
const FORMULA = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠].)/su;
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/u;

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const safe = FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
