import type { Command, Shelf } from "../commands/command.ts";
import type { Library, Look } from "../commands/library.ts";
import type { Vitals } from "../commands/vitals.ts";
import { registry } from "../commands/registry.ts";
import type { Book } from "../core/book.ts";
import type { Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import { createCatchUp, type CatchUp } from "./catch-up.ts";

/** What answers lines: the book, what is remembered, and what the environment says about language, time and admins. */
export interface Desk {
  readonly book: Book;
  readonly shelf: Shelf;
  readonly library: Library;
  /** Keeps the book's ledger up to the store's. */
  readonly catchUp: CatchUp;
  readonly commands: readonly Command[];
  /** QUSHI_LANG, else the dataset's first language. */
  readonly lang: Lang;
  readonly zone: string;
  readonly admins: readonly Person[];
  readonly program: string;
  /** Of the program that runs; null where only lines are answered. */
  readonly vitals: Vitals | null;
}

const SAME: Look = { from: null, changes: [] };
const UNCHANGED: Library = { readAt: null, look: async () => SAME, reload: async () => SAME };

export function createDesk(
  book: Book,
  shelf: Shelf,
  settings: {
    readonly lang: Lang | null;
    readonly zone: string | null;
    readonly admins: readonly Person[];
    readonly program: string;
    /** Without one the dataset stays as it was loaded. */
    readonly library?: Library;
    /** Of the book's ledger, where somebody else keeps it up too. */
    readonly catchUp?: CatchUp;
    readonly vitals?: Vitals | null;
  },
): Desk {
  const [first] = book.dataset.languages;
  const { lang, zone, admins, program } = settings;
  return {
    book,
    shelf,
    library: settings.library ?? UNCHANGED,
    catchUp: settings.catchUp ?? createCatchUp(shelf, book.ledger),
    commands: registry(book),
    lang: lang ?? first ?? "en",
    zone: zone ?? book.dataset.zone,
    admins,
    program,
    vitals: settings.vitals ?? null,
  };
}
