import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { createCatchUp } from "../bot/catch-up.ts";
import { createDesk, type Desk } from "../bot/desk.ts";
import { currentEnvironment, readConfig, type Config, type ConfigFault } from "../config.ts";
import { createBook } from "../core/book.ts";
import type { Dataset } from "../core/commitment.ts";
import { LANGS, type Lang } from "../core/lang.ts";
import { liveBook } from "../core/live-book.ts";
import { createLedger } from "../core/record.ts";
import { createLibrary } from "../main/library.ts";
import { formatFault } from "../dataset/run-check.ts";
import { openDataset } from "../dataset/open.ts";
import type { Store } from "../store/store.ts";
import { Stop } from "./stop.ts";

/** The folder of datasets that comes with the program. */
export const DATA = fileURLToPath(new URL("../../data/", import.meta.url));
/** The program's version. */
export const PROGRAM = programVersion();

/** The environment, or every fault in it with its fix. */
export function configuration(): Config {
  const read = readConfig(currentEnvironment());
  if (read.ok) return read.config;
  throw new Stop(
    3,
    read.faults.map((fault: ConfigFault) => `${fault.variable}: ${fault.what} ${fault.fix}`).join("\n"),
  );
}

/** What answers lines, from the environment and a store; the record is read from it. */
export async function openDesk(store: Store, config: Config): Promise<Desk> {
  const ledger = createLedger();
  const catchUp = createCatchUp(store, ledger);
  const live = liveBook(createBook(await open(config.dataset), ledger));
  await catchUp.now();
  return createDesk(live.book, store, {
    lang: config.lang,
    zone: config.zone,
    admins: config.admins,
    program: PROGRAM,
    library: createLibrary({ live, store, catchUp, open: () => openAnew(config.dataset) }),
  });
}

/** A dataset by id or path; its faults are the configuration's. */
export async function open(dataset: string): Promise<Dataset> {
  const opened = await openDataset(DATA, dataset);
  if (opened.dataset !== null) return opened.dataset;
  throw new Stop(3, opened.faults.map(formatFault).join("\n"));
}

/** A dataset as its folder has it now, or its faults as lines. */
export async function openAnew(
  dataset: string,
): Promise<{ readonly dataset: Dataset | null; readonly faults: readonly string[] }> {
  const opened = await openDataset(DATA, dataset);
  return { dataset: opened.dataset, faults: opened.faults.map(formatFault) };
}

/** --lang, checked; null where it is not given. */
export function languageOf(lang: string | undefined): Lang | null {
  if (lang === undefined) return null;
  const known = LANGS.find((each) => each === lang.trim().toLowerCase());
  if (known === undefined) throw new Stop(2, `--lang ${lang}: write zh or en`);
  return known;
}

function programVersion(): string {
  const file = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(file)).version;
}
