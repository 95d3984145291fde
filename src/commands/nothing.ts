import type { Filter } from "../core/filter.ts";
import type { Message } from "../message/message.ts";
import { listView } from "../views/list.ts";
import type { Context } from "./command.ts";

/** The words that a filter looks for; null where it looks for none. */
export function wordsOf(filter: Filter): string | null {
  const words = filter.find(({ key }) => key === "text");
  return words?.key === "text" ? words.values.join(" ") : null;
}

/** The answer where a filter selects nothing at all: counts of nothing would read like a finding. */
export function nothingFits({ book, lang, today, suggest }: Context, filter: Filter): Message {
  const words = wordsOf(filter);
  const suggestions = words === null ? [] : suggest(words);
  return listView({ filter, items: [], facts: [], page: 1, suggestions }, book, today, lang);
}
