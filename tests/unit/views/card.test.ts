import { expect, test } from "vitest";
import { createBook } from "../../../src/core/book.ts";
import type { Person } from "../../../src/core/place.ts";
import { createLedger } from "../../../src/core/record.ts";
import { cardView } from "../../../src/views/card.ts";
import type { ThreadHere } from "../../../src/views/thread-here.ts";
import { recordedUntil } from "../../fixtures/ledgers/lanting-2026.ts";
import { lanting } from "../../support/books.ts";

const named = (key: string): Person => ({ platform: "slack", workspace: "T1", id: `U${key.length}` });
const nobody = (): null => null;
const threads: readonly (ThreadHere | null)[] = [
  null,
  { link: null, talk: null },
  { link: "https://example.org/1", talk: null },
];

test("a card that was drawn before says what one that is drawn now says, whatever it depends on", () => {
  const ledger = createLedger();
  const book = createBook(lanting, ledger);
  for (const day of ["2026-03-01", "2026-07-20", "2027-02-01"]) {
    const entries = recordedUntil(day);
    ledger.apply(entries.slice(ledger.seq));
    // Twice: what is found again must fit the second time as well.
    for (const round of [1, 2])
      for (const { commitment } of book.on(day)) {
        const item = book.standing(commitment.id, day);
        if (item === null) throw new Error(commitment.id);
        for (const canDiscuss of [true, false])
          for (const thread of threads)
            for (const who of [named, nobody])
              for (const zone of ["Asia/Shanghai", "America/New_York"])
                for (const lang of ["zh", "en"] as const) {
                  const telling = { book, lang, zone, who };
                  // A copy is nobody's: it is drawn anew.
                  const now = cardView({ ...item }, telling, canDiscuss, thread);
                  expect(cardView(item, telling, canDiscuss, thread), `${commitment.id} ${round}`).toEqual(
                    now,
                  );
                }
      }
  }
});

test("a card is the same object until something is recorded about it", () => {
  const ledger = createLedger();
  const book = createBook(lanting, ledger);
  const entries = recordedUntil("2027-02-01");
  const [first] = entries;
  if (first === undefined) throw new Error("nothing is recorded");
  const day = "2027-02-01";
  const card = (id: string): unknown => {
    const item = book.standing(id, day);
    return item === null ? null : cardView(item, { book, lang: "en", zone: "UTC", who: nobody }, true);
  };
  const other = lanting.commitments.find(({ id }) => id !== first.commitmentId)?.id ?? "";
  const before = [card(first.commitmentId), card(other)];
  expect([card(first.commitmentId), card(other)].map((each, at) => each === before[at])).toEqual([
    true,
    true,
  ]);
  ledger.apply([first]);
  expect([card(first.commitmentId), card(other)].map((each, at) => each === before[at])).toEqual([
    false,
    true,
  ]);
});

test("a card that was drawn where nothing can be discussed has its button elsewhere", () => {
  const book = createBook(lanting, createLedger());
  const [item] = book.on("2026-07-20");
  if (item === undefined) throw new Error("nothing is committed");
  const telling = { book, lang: "en", zone: "UTC", who: nobody } as const;
  const labels = [false, true].map((canDiscuss) => JSON.stringify(cardView(item, telling, canDiscuss)));
  expect(labels.map((each) => each.includes('"Discuss"'))).toEqual([false, true]);
});
