import { fileURLToPath } from "node:url";
import { answer, type Answer } from "../../src/bot/answer.ts";
import { createDesk, type Desk } from "../../src/bot/desk.ts";
import { createBook, type Book } from "../../src/core/book.ts";
import type { Dataset } from "../../src/core/commitment.ts";
import type { Lang } from "../../src/core/lang.ts";
import type { Address, Person } from "../../src/core/place.ts";
import { loadDataset } from "../../src/dataset/load.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A moment inside every dataset's year at which nothing is due yet: Monday morning in Shenzhen. */
export const MONDAY = new Date("2026-11-30T01:07:00Z");

async function dataset(folder: string): Promise<Dataset> {
  const { dataset: loaded, faults } = await loadDataset(`${root}${folder}`);
  if (loaded === null || faults.length > 0) throw new Error(`${folder}: ${JSON.stringify(faults)}`);
  return loaded;
}

export const shenzhen: Dataset = await dataset("data/shenzhen-2026");
/** Invented, in both languages. */
export const lanting: Dataset = await dataset("tests/fixtures/datasets/lanting-2026");
/** Invented, in English only, in another country. */
export const ballycastle: Dataset = await dataset("tests/fixtures/datasets/ballycastle-2025");

export const shenzhenBook: Book = createBook(shenzhen);

/** What answers lines about a dataset, as the program sets it up, with a store of its own where none is given. */
export async function deskOf(of: Dataset, lang: Lang | null = null, store?: Store): Promise<Desk> {
  const shelf = store ?? (await openSqlite({ file: ":memory:" }));
  return createDesk(createBook(of), shelf, { lang, zone: null, admins: [], program: "0.0.0" });
}

const TERMINAL: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };
const SOMEONE: Person = { platform: "terminal", workspace: null, id: "someone" };

/** What somebody of another company is answered in a channel that is shared with it; nothing is written. */
export function askFromOutside(desk: Desk, line: string, at: Date = MONDAY): Promise<Answer> {
  const actor: Person = { platform: "slack", workspace: "T0GUEST", id: "U0GUEST" };
  const place: Address = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null };
  return answer(desk, { line, actor, isExternal: true, place, at, role: null, lang: null });
}

/** What somebody at the terminal is answered; nothing is written. */
export function ask(desk: Desk, line: string, at: Date = MONDAY): Promise<Answer> {
  return answer(desk, { line, actor: SOMEONE, place: TERMINAL, at, role: null, lang: null });
}
