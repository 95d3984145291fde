import { noteDataset } from "../bot/dataset-change.ts";
import type { CatchUp } from "../bot/catch-up.ts";
import type { Library, Look } from "../commands/library.ts";
import { createBook } from "../core/book.ts";
import type { Dataset } from "../core/commitment.ts";
import { datasetChanges, seenItems } from "../core/dataset-diff.ts";
import type { LiveBook } from "../core/live-book.ts";
import type { Store } from "../store/store.ts";

/** Reads the dataset's folder anew; null with the faults, each as a line, where it cannot be used. */
export type OpenDataset = () => Promise<{
  readonly dataset: Dataset | null;
  readonly faults: readonly string[];
}>;

/** The dataset's folder behind the book that answers. */
export function createLibrary(options: {
  readonly live: LiveBook;
  readonly store: Store;
  readonly catchUp: CatchUp;
  readonly open: OpenDataset;
  readonly readAt: Date | null;
}): Library {
  const { live, store, catchUp, open } = options;
  let { readAt } = options;
  const read = async (then: (dataset: Dataset) => Promise<Look>): Promise<Look> => {
    const { dataset, faults } = await open();
    return dataset === null ? { faults } : then(dataset);
  };
  return {
    get readAt() {
      return readAt;
    },
    look: () =>
      read((dataset) => {
        const { dataset: now } = live.book;
        const changes = datasetChanges(seenItems(now), seenItems(dataset));
        return Promise.resolve({ from: now.version, changes });
      }),
    reload: (at) =>
      read(async (dataset) => {
        const { version } = live.book.dataset;
        const changes = await noteDataset(dataset, store, at);
        live.replace(createBook(dataset, live.book.ledger));
        readAt = at;
        await catchUp.now();
        return { from: version, changes };
      }),
  };
}
