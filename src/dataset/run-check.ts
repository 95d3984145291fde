import { join, relative } from "node:path";
import { checkArticle, sourcesOf } from "./article.ts";
import type { Draft } from "./draft.ts";
import { faultAt, formatFault, ordered, type DatasetFault } from "./fault.ts";
import { entriesOf, listDatasets, loadDraft } from "./load.ts";
import { findDataset } from "./open.ts";
import { readText } from "./read-text.ts";

export { formatFault };

/** One dataset that was looked at, with what it holds. */
export interface Checked {
  readonly id: string;
  readonly commitments: number;
  readonly facts: number;
  readonly districts: number;
}

/**
 * Checks every dataset below `dataFolder`, or the one with the id or path `only`; `article` is a file with the text of a
 * source, which the datasets that cite it are proven against.
 */
export async function runCheck(options: {
  readonly dataFolder: string;
  readonly only?: string;
  readonly article?: string;
}): Promise<{ readonly faults: readonly DatasetFault[]; readonly checked: readonly Checked[] }> {
  const faults: DatasetFault[] = [];
  const { folders, fault } = await foldersOf(options.dataFolder, options.only);
  if (fault !== null) faults.push(fault);
  const drafts: Draft[] = [];
  for (const folder of folders) {
    const loaded = await loadDraft(folder);
    faults.push(...loaded.faults);
    if (loaded.draft !== null) drafts.push(loaded.draft);
  }
  if (options.article !== undefined) faults.push(...(await proveAll(drafts, options.article)));
  const checked = drafts.map(({ id, commitments, facts, districts }) => {
    return { id, commitments: commitments.length, facts: facts.length, districts: districts.length };
  });
  return { faults: ordered(faults.map(nearby)), checked };
}

async function foldersOf(
  dataFolder: string,
  only: string | undefined,
): Promise<{ readonly folders: readonly string[]; readonly fault: DatasetFault | null }> {
  if (only !== undefined) {
    const found = await findDataset(dataFolder, only);
    return "fault" in found ? { folders: [], fault: found.fault } : { folders: [found.folder], fault: null };
  }
  const listed = await entriesOf(dataFolder);
  if ("fault" in listed) return { folders: [], fault: listed.fault };
  const ids = await listDatasets(dataFolder);
  const none = faultAt(
    { file: dataFolder, line: 1 },
    "There is no dataset here",
    "Add a folder with a dataset, or give the path of one.",
  );
  return { folders: ids.map((id) => join(dataFolder, id)), fault: ids.length === 0 ? none : null };
}

async function proveAll(drafts: readonly Draft[], path: string): Promise<DatasetFault[]> {
  const article = await readText(path, "The article");
  if ("fault" in article) return [article.fault];
  const own = drafts.filter((draft) => sourcesOf(draft, article.text).length > 0);
  const [first] = drafts;
  // Alone, a dataset none of whose hashes match is still told paragraph by paragraph what differs.
  if (own.length === 0 && drafts.length === 1 && first !== undefined)
    return checkArticle(first, article.text);
  if (own.length === 0 && drafts.length > 0) {
    return [
      faultAt(
        { file: path, line: 1 },
        "The article is the text of no source of these datasets",
        "Give the text of one, or name the dataset: check ID --article FILE.",
      ),
    ];
  }
  return own.flatMap((draft) => checkArticle(draft, article.text));
}

/** Paths below the working directory are shown from there, so that a terminal can open them. */
function nearby(fault: DatasetFault): DatasetFault {
  const file = relative(process.cwd(), fault.file);
  return file === "" || file.startsWith("..") ? fault : { ...fault, file };
}
