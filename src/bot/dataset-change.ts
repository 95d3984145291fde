import { createHash } from "node:crypto";
import type { Dataset } from "../core/commitment.ts";
import { datasetChanges, seenItems, type DatasetChange } from "../core/dataset-diff.ts";
import { dayIn } from "../core/day.ts";
import type { Address } from "../core/place.ts";
import type { NewEntry, Store } from "../store/store.ts";

/** The key under which the program itself records; no person has it. */
export const PROGRAM_KEY = "qushi";
/** Where what the program records by itself comes from. */
const NOWHERE: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };

/** What a dataset says differently from when it was last loaded; nothing for one that was never seen. */
export async function changesOf(
  dataset: Dataset,
  store: Pick<Store, "seenDataset">,
): Promise<readonly DatasetChange[]> {
  const seen = await store.seenDataset();
  return seen === null || seen.id !== dataset.id ? [] : datasetChanges(seen.items, seenItems(dataset));
}

/**
 * Writes what changed into the record and remembers the dataset as seen, in one transaction. The same change is
 * recorded once, however many processes start on it.
 */
export async function noteDataset(
  dataset: Dataset,
  store: Store,
  now: Date,
): Promise<readonly DatasetChange[]> {
  const seen = await store.seenDataset();
  const items = seenItems(dataset);
  const isSame = seen !== null && seen.id === dataset.id;
  const changes = isSame ? datasetChanges(seen.items, items) : [];
  if (isSame && changes.length === 0 && seen.version === dataset.version) return [];
  await store.commit({
    at: now,
    ledger: changes.map((change) => entryOf(change, dataset, now)),
    dataset: { id: dataset.id, version: dataset.version, items },
  });
  return changes;
}

function entryOf({ commitmentId, what, from, to }: DatasetChange, dataset: Dataset, at: Date): NewEntry {
  const name = [dataset.id, dataset.version, commitmentId, what, from, to].join("\u0000");
  return {
    id: `dataset:${createHash("sha256").update(name).digest("hex").slice(0, 32)}`,
    commitmentId,
    actorKey: PROGRAM_KEY,
    at,
    effectiveOn: dayIn(dataset.zone, at),
    from: { address: NOWHERE, message: null },
    type: "target_revised",
    data: { what, from, to, words: null },
  };
}
