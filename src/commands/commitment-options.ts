import type { Book } from "../core/book.ts";
import type { Day } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import type { Lang } from "../core/lang.ts";
import type { Choice } from "../message/form.ts";
import { commitmentChoice } from "../views/form-words.ts";

/** Most that a platform shows: https://docs.slack.dev/reference/block-kit/composition-objects/option-object. */
const MOST = 100;

/**
 * The commitments that fit what was typed, best first: by id, by the names of districts, themes and parts, by words, then
 * what is spelt nearest. With nothing typed those that `followed` selects stand first.
 */
export function commitmentOptions(
  typed: string,
  followed: readonly Filter[],
  book: Book,
  today: Day,
  lang: Lang,
): readonly Choice[] {
  const text = typed.trim().slice(0, 200);
  const all = book.dataset.commitments.map(({ id }) => id);
  const ids =
    text === ""
      ? [...followed.flatMap((filter) => selected(filter, book, today)), ...all]
      : fitting(text, all, book, today);
  return [...new Set(ids)].slice(0, MOST).flatMap((id) => {
    const commitment = book.commitment(id);
    return commitment === null ? [] : [commitmentChoice(commitment, book, lang)];
  });
}

function fitting(text: string, all: readonly string[], book: Book, today: Day): readonly string[] {
  const { names, search } = book;
  const exact = names.id(text)?.id;
  const begins = plain(text);
  const named = names.any(text);
  const found = [
    ...(exact === undefined ? [] : [exact]),
    ...(begins === "" ? [] : all.filter((id) => plain(id).startsWith(begins))),
    ...(named === null
      ? []
      : selected([{ key: named.kind, negated: false, values: [named.code] }], book, today)),
    ...search.find(text).commitments,
  ].filter((id) => book.commitment(id) !== null);
  return found.length > 0 ? found : names.nearestIds(text);
}

function selected(filter: Filter, book: Book, today: Day): readonly string[] {
  return book.select(filter, today).map(({ commitment }) => commitment.id);
}

/** An id without what people leave out of it. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^A-Z\d]/gu, "");
}
