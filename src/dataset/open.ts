import { join } from "node:path";
import { nearest } from "../core/nearest.ts";
import { faultAt, list, shown, type DatasetFault } from "./fault.ts";
import { entriesOf, listDatasets, loadDataset, type Loaded } from "./load.ts";

/** Where a dataset lies: a folder below `dataFolder` by its id, or any folder by its path (a text with a slash). */
export async function findDataset(
  dataFolder: string,
  idOrPath: string,
): Promise<{ readonly folder: string } | { readonly fault: DatasetFault }> {
  if (/[/\\]/u.test(idOrPath)) return { folder: idOrPath };
  const folder = await entriesOf(dataFolder);
  if ("fault" in folder) return folder;
  const ids = await listDatasets(dataFolder);
  if (ids.includes(idOrPath)) return { folder: join(dataFolder, idOrPath) };
  const [near] = nearest(
    [idOrPath],
    ids.map((id) => ({ name: id, forms: [id] })),
  );
  return {
    fault: faultAt(
      { file: dataFolder, line: 1 },
      `There is no dataset ${shown(idOrPath)}`,
      `${near === undefined ? "" : `Did you mean ${near}? `}Available: ${list(ids)}. A folder elsewhere is given by its path, ./ in front.`,
    ),
  };
}

/** Loads the dataset with that id or path. */
export async function openDataset(dataFolder: string, idOrPath: string): Promise<Loaded> {
  const found = await findDataset(dataFolder, idOrPath);
  return "fault" in found ? { dataset: null, faults: [found.fault] } : loadDataset(found.folder);
}
