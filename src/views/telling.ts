import type { Book } from "../core/book.ts";
import type { Lang } from "../core/lang.ts";
import type { Who } from "./person.ts";

/** What words about the record need besides the record: names of things, names of people, the zone of its days. */
export interface Telling {
  readonly book: Book;
  readonly lang: Lang;
  readonly zone: string;
  readonly who: Who;
}
