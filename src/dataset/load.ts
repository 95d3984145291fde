import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../core/commitment.ts";
import { assemble } from "./assemble.ts";
import { checkDraft } from "./check.ts";
import { datasetOf, type Draft } from "./draft.ts";
import { compare, faultAt, ordered, shown, type DatasetFault } from "./fault.ts";
import { readYaml, type YamlFile } from "./read-yaml.ts";

export interface Loaded {
  /** Null where anything at all is wrong: a wrong figure is worse than none. */
  readonly dataset: Dataset | null;
  readonly faults: readonly DatasetFault[];
}

/** Reads and checks one dataset folder; all faults at once, none thrown. */
export async function loadDataset(folder: string): Promise<Loaded> {
  const { draft, faults } = await loadDraft(folder);
  return { dataset: draft === null || faults.length > 0 ? null : datasetOf(draft), faults };
}

/** As `loadDataset`, with everything that could be read and the place of each value. */
export async function loadDraft(
  folder: string,
): Promise<{ readonly draft: Draft | null; readonly faults: readonly DatasetFault[] }> {
  const listed = await entriesOf(folder);
  if ("fault" in listed) return { draft: null, faults: [listed.fault] };
  const faults: DatasetFault[] = [];
  const read = async (name: string): Promise<YamlFile | null> => {
    const { file, faults: found } = await readYaml(join(folder, name));
    faults.push(...found);
    return file;
  };
  const { districts, strangers } = sortEntries(listed.entries);
  const [dataset, themes, measures, sources, ...rest] = await Promise.all(
    ["dataset.yaml", "themes.yaml", "measures.yaml", "sources.yaml", ...districts].map(read),
  );
  for (const name of strangers) {
    const fix = /\.yml$/iu.test(name)
      ? "Name it .yaml, or remove it."
      : "Remove it, or move it out of the dataset.";
    faults.push(faultAt({ file: join(folder, name), line: 1 }, "This belongs to no part of a dataset", fix));
  }
  const assembled = assemble(folder, {
    dataset: dataset ?? null,
    themes: themes ?? null,
    measures: measures ?? null,
    sources: sources ?? null,
    districts: rest,
  });
  faults.push(...assembled.faults, ...checkDraft(assembled.draft));
  return { draft: assembled.draft, faults: ordered(faults) };
}

/** The ids of the datasets in a folder, sorted; none where the folder cannot be read. */
export async function listDatasets(dataFolder: string): Promise<readonly string[]> {
  const listed = await entriesOf(dataFolder);
  if ("fault" in listed) return [];
  return listed.entries
    .filter(({ name, directory }) => directory && !name.startsWith("."))
    .map(({ name }) => name);
}

interface Entry {
  readonly name: string;
  readonly directory: boolean;
}

/** What stands in a folder, sorted, links followed; or the fault that says why it cannot be read. */
export async function entriesOf(
  folder: string,
): Promise<{ readonly entries: readonly Entry[] } | { readonly fault: DatasetFault }> {
  const wrong = (what: string, fix: string) => ({ fault: faultAt({ file: folder, line: 1 }, what, fix) });
  try {
    const names = await readdir(folder);
    const entries = await Promise.all(
      names.sort(compare).map(async (name): Promise<Entry> => {
        const found = await stat(join(folder, name)).catch(() => null);
        return { name, directory: found?.isDirectory() ?? false };
      }),
    );
    return { entries };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOENT")
      return wrong("The folder is missing", "Create it, or correct the id or path of the dataset.");
    if (code === "ENOTDIR") return wrong("This is a file, not a folder", "Give the folder of a dataset.");
    if (code === "EACCES" || code === "EPERM")
      return wrong("The folder may not be read", "Give this user the right to read it.");
    return wrong(`The folder ${shown(folder)} cannot be read (${code})`, "Correct the path.");
  }
}

const FIXED = new Set(["dataset.yaml", "themes.yaml", "measures.yaml", "sources.yaml"]);
/** What may stand beside the data for people to read. */
const PROSE = /^(?:README|LICENSE|LICENCE|NOTICE|CHANGELOG|CHANGES)(?:[.-][A-Za-z-]+)*$/u;

function sortEntries(entries: readonly Entry[]): {
  readonly districts: string[];
  readonly strangers: string[];
} {
  const districts: string[] = [];
  const strangers: string[] = [];
  for (const { name, directory } of entries) {
    // Hidden files are the operating system's or an editor's.
    if (FIXED.has(name) || name.startsWith(".")) continue;
    if (name.endsWith(".yaml")) districts.push(name);
    else if (directory || !PROSE.test(name)) strangers.push(name);
  }
  return { districts, strangers };
}
