import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Desk } from "../bot/desk.ts";
import { currentEnvironment, readConfig, type Config } from "../config.ts";
import type { ConfigFault } from "../config/fault.ts";
import type { Dataset } from "../core/commitment.ts";
import { LANGS, type Lang } from "../core/lang.ts";
import { openDesk } from "../main/desk.ts";
import type { OpenDataset } from "../main/library.ts";
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

/** What answers lines, from the environment and a store. */
export async function deskFrom(store: Store, config: Config): Promise<Desk> {
  const { dataset, lang, zone, admins } = config;
  const opened = await open(dataset);
  const anew = (): ReturnType<OpenDataset> => openAnew(dataset);
  const own = { program: PROGRAM, readAt: null, vitals: null };
  return openDesk({ dataset: opened, store, open: anew, lang, zone, admins, ...own });
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
