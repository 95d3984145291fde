import { parse } from "csv-parse/sync";
import { z } from "zod";

/** A reading as a table of them states it, still in words; `line` is that of the file, from 1. */
export interface ReadingRow {
  readonly line: number;
  readonly id: string;
  readonly value: string;
  readonly asOf: string;
  readonly source: string;
  readonly level: string;
}

/** What is wrong with a line, and what to do. */
export interface RowFault {
  readonly line: number;
  readonly what: string;
  readonly fix: string;
}

const COLUMNS = ["id", "value", "as_of", "source", "level"] as const;
const HEADER = `Begin the file with the line ${COLUMNS.join(",")}`;
const cells = z.object({
  id: z.string().trim().min(1, "id"),
  value: z.string().trim().min(1, "value"),
  as_of: z.string().trim().min(1, "as_of"),
  source: z.string().trim(),
  level: z.string().trim().min(1, "level"),
});
const parsed = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) }),
);
const csvError = z.object({ lines: z.int().optional(), message: z.string() });

/** Reads a table of readings: a first line with the columns id, value, as_of, source and level, in any order. */
export function readReadings(text: string): {
  readonly rows: readonly ReadingRow[];
  readonly faults: readonly RowFault[];
} {
  const broken = (line: number, what: string, fix: string) => ({ rows: [], faults: [{ line, what, fix }] });
  let records: z.infer<typeof parsed>;
  try {
    records = parsed.parse(
      parse(text, {
        bom: true,
        columns: (names: string[]) => names.map(columnName),
        info: true,
        skip_empty_lines: true,
        trim: true,
      }),
    );
  } catch (error) {
    const { lines = 1, message } = csvError.parse(error);
    return broken(lines, `${message}.`, "Mend the line, or write the table anew as CSV.");
  }
  const [first] = records;
  if (first === undefined) return broken(1, "There are no readings in the file.", HEADER);
  const missing = COLUMNS.filter((name) => !(name in first.record));
  if (missing.length > 0) return broken(1, `The column ${missing.join(", ")} is missing.`, HEADER);
  const rows: ReadingRow[] = [];
  const faults: RowFault[] = [];
  for (const { record, info } of records) {
    const read = cells.safeParse(record);
    if (read.success) {
      const { id, value, as_of: asOf, source, level } = read.data;
      rows.push({ line: info.lines, id, value, asOf, source, level });
    } else {
      const empty = read.error.issues.map(({ message }) => message).join(", ");
      faults.push({ line: info.lines, what: `${empty} is empty.`, fix: "Fill it in, or take the line out." });
    }
  }
  return { rows, faults };
}

function columnName(name: string): string {
  const folded = name
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  return ALIASES.get(folded) ?? folded;
}

/** What a spreadsheet's columns are called in Chinese. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["编号", "id"],
  ["读数", "value"],
  ["值", "value"],
  ["截至", "as_of"],
  ["来源", "source"],
  ["级别", "level"],
]);

/** The line that records a row, as somebody would type it. */
export function readingLine({ id, value, asOf, source, level }: ReadingRow): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', "”")}"`;
  const from = source === "" ? "" : ` source:${/^https?:\/\/\S+$/.test(source) ? source : quoted(source)}`;
  return `reading ${id} ${quoted(value)} as-of:${asOf}${from} level:${level}`;
}
