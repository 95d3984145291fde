import type { Command, Shelf } from "../commands/command.ts";
import { registry } from "../commands/registry.ts";
import type { Book } from "../core/book.ts";
import type { Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import { createCatchUp, type CatchUp } from "./catch-up.ts";

/** What answers lines: the book, what is remembered, and what the environment says about language, time and admins. */
export interface Desk {
  readonly book: Book;
  readonly shelf: Shelf;
  /** Keeps the book's ledger up to the store's. */
  readonly catchUp: CatchUp;
  readonly commands: readonly Command[];
  /** QUSHI_LANG, else the dataset's first language. */
  readonly lang: Lang;
  readonly zone: string;
  readonly admins: readonly Person[];
  readonly program: string;
}

export function createDesk(
  book: Book,
  shelf: Shelf,
  settings: {
    readonly lang: Lang | null;
    readonly zone: string | null;
    readonly admins: readonly Person[];
    readonly program: string;
  },
): Desk {
  const [first] = book.dataset.languages;
  const { lang, zone, admins, program } = settings;
  return {
    book,
    shelf,
    catchUp: createCatchUp(shelf, book.ledger),
    commands: registry(book),
    lang: lang ?? first ?? "en",
    zone: zone ?? book.dataset.zone,
    admins,
    program,
  };
}
