import type { Book } from "./book.ts";

/** A book that can take another's place while everybody who holds it reads on. */
export interface LiveBook {
  readonly book: Book;
  /** From now on `book` says what this one says. */
  replace(next: Book): void;
}

export function liveBook(first: Book): LiveBook {
  let now = first;
  const book: Book = {
    get dataset() {
      return now.dataset;
    },
    get search() {
      return now.search;
    },
    get names() {
      return now.names;
    },
    get ledger() {
      return now.ledger;
    },
    valid: (...args) => now.valid(...args),
    commitment: (id) => now.commitment(id),
    fact: (id) => now.fact(id),
    district: (code) => now.district(code),
    source: (id) => now.source(id),
    on: (today) => now.on(today),
    standing: (id, today) => now.standing(id, today),
    select: (filter, today) => now.select(filter, today),
    facts: (filter) => now.facts(filter),
  };
  return {
    book,
    replace(next) {
      now = next;
    },
  };
}
