import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { readingLine, readReadings, type ReadingRow } from "../dataset/readings-csv.ts";
import { openAsker, type Asker } from "./ask.ts";
import { configuration } from "./desk.ts";
import { FLAGS, options, type Flags } from "./flags.ts";
import { complain, say } from "./print.ts";
import { Stop, type Exit } from "./stop.ts";

const IMPORT_FLAGS: Flags = { ...FLAGS, write: { type: "boolean" } };
const summary = z.object({ summary: z.string() });

/** What became of one line of the table. */
type Told = { readonly line: number } & (
  { readonly type: "recorded" | "refused"; readonly text: string } | { readonly type: "known" }
);

/**
 * `import FILE [--write]`: readings from a table. Without --write nothing is written, and what each line would do is
 * printed. A line that was imported before is left out, however often the file is imported. Throws Stop.
 */
export async function importFile(rest: readonly string[], now: Date): Promise<Exit> {
  const { values, words } = options(rest, IMPORT_FLAGS, 1);
  const [file] = words;
  if (file === undefined) throw new Stop(2, "Which file? For example: qushi import readings.csv");
  const name = basename(file);
  const { rows, faults } = readReadings(await textOf(file));
  for (const { line, what, fix } of faults) complain(`${name}:${line}: ${what} ${fix}`);
  const write = values["write"] !== undefined;
  const lines = rows.map(readingLine);
  // One language for the whole table, whatever the units are written in.
  const lang = values["lang"] ?? configuration().lang ?? "en";
  const asker = await openAsker({ ...values, lang, format: "json" }, now, write ? lines : []);
  const told: Told[] = [];
  try {
    for (const row of rows) told.push(await one(row, asker, !write));
  } finally {
    await asker.close();
  }
  for (const each of told) {
    if (each.type === "refused") complain(`${name}:${each.line}: ${each.text}`);
    else say(`${name}:${each.line}: ${each.type === "known" ? "imported before" : each.text}`);
  }
  const count = (type: Told["type"]): number => told.filter((each) => each.type === type).length;
  const wrong = faults.length + count("refused");
  say(
    `${count("recorded")} ${write ? "recorded" : "would be recorded"}, ${count("known")} imported before, ${wrong} with a fault.${write ? "" : " Nothing was written; add --write to record them."}`,
  );
  return wrong === 0 ? 0 : 2;
}

async function one(row: ReadingRow, asker: Asker, dry: boolean): Promise<Told> {
  const { line } = row;
  const answered = await asker.send({ line: readingLine(row), id: idOf(row), dry });
  if (answered === null) return { line, type: "known" };
  const read = summary.safeParse(JSON.parse(answered.out));
  const text = read.data?.summary ?? answered.out;
  return { line, type: answered.exit === 0 ? "recorded" : "refused", text };
}

/** The same for the same reading, whatever file and line it stands in. */
function idOf({ id, value, asOf, source, level }: ReadingRow): string {
  const content = JSON.stringify([id, value, asOf, source, level].map((cell) => cell.normalize("NFKC")));
  return `import:${createHash("sha256").update(content).digest("hex").slice(0, 40)}`;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new Stop(2, `${file} cannot be read (${code}).`);
  }
}
