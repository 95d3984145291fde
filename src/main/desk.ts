import { createCatchUp } from "../bot/catch-up.ts";
import { createDesk, type Desk } from "../bot/desk.ts";
import type { Vitals } from "../commands/vitals.ts";
import { createBook } from "../core/book.ts";
import type { Dataset } from "../core/commitment.ts";
import type { Lang } from "../core/lang.ts";
import { liveBook } from "../core/live-book.ts";
import type { Person } from "../core/place.ts";
import { createLedger } from "../core/record.ts";
import type { Store } from "../store/store.ts";
import { createLibrary, type OpenDataset } from "./library.ts";

/** What answers lines about a dataset, for the bot and for the command line alike: the record is read, and kept up. */
export async function openDesk(options: {
  readonly dataset: Dataset;
  readonly store: Store;
  readonly open: OpenDataset;
  readonly lang: Lang | null;
  readonly zone: string | null;
  readonly admins: readonly Person[];
  readonly program: string;
  /** When the dataset was read. */
  readonly readAt: Date | null;
  /** null: this only answers lines, nothing runs. */
  readonly vitals: Vitals | null;
}): Promise<Desk> {
  const { dataset, store, open, readAt, ...settings } = options;
  const ledger = createLedger();
  const catchUp = createCatchUp(store, ledger);
  const live = liveBook(createBook(dataset, ledger));
  const library = createLibrary({ live, store, catchUp, open, readAt });
  await catchUp.now();
  return createDesk(live.book, store, { ...settings, library, catchUp });
}
