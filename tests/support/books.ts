import { fileURLToPath } from "node:url";
import { createDesk, type Desk } from "../../src/bot/answer.ts";
import { createBook, type Book } from "../../src/core/book.ts";
import type { Dataset } from "../../src/core/commitment.ts";
import type { Lang } from "../../src/core/lang.ts";
import { loadDataset } from "../../src/dataset/load.ts";

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

/** What answers lines about a dataset, as the program sets it up. */
export function deskOf(of: Dataset, lang: Lang | null = null): Desk {
  return createDesk(createBook(of), { lang, zone: null, program: "0.0.0" });
}
