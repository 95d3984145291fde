import { describe, expect, test } from "vitest";
import { checkCard } from "../../src/adapters/feishu/check-card.ts";
import { renderFeishu } from "../../src/adapters/feishu/render.ts";
import { checkPayload } from "../../src/adapters/slack/check.ts";
import { renderSlack } from "../../src/adapters/slack/render.ts";
import { createBook, type Book } from "../../src/core/book.ts";
import { dayIn } from "../../src/core/day.ts";
import type { Lang } from "../../src/core/lang.ts";
import type { Person } from "../../src/core/place.ts";
import { createLedger } from "../../src/core/record.ts";
import { remindersOf } from "../../src/core/reminders.ts";
import { snapshotOf } from "../../src/core/snapshot.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { boardView } from "../../src/views/board.ts";
import { cardView } from "../../src/views/card.ts";
import { composeFor } from "../../src/views/compose.ts";
import { datasetDiffView } from "../../src/views/dataset-diff.ts";
import { dueView } from "../../src/views/due.ts";
import { historyView } from "../../src/views/history.ts";
import { listView } from "../../src/views/list.ts";
import { reminderView } from "../../src/views/reminder.ts";
import { sourceView } from "../../src/views/source.ts";
import type { Telling } from "../../src/views/telling.ts";
import { CHEN, LIU, recordedUntil, WANG } from "../fixtures/ledgers/lanting-2026.ts";
import { lanting } from "../support/books.ts";

/**
 * What the views say of a year of the invented city, whose ledger holds everything that can be recorded; as text, Block
 * Kit and card, in both languages. `npm run golden` writes the files anew; read the difference before you commit it.
 */
const ZONE = "Asia/Shanghai";
const IDS = new Map([
  [WANG, "U0WANG"],
  [CHEN, "U0CHEN"],
  [LIU, "U0LIU"],
]);
/** Zhou has left and is forgotten. */
const who = (key: string): Person | null => {
  const id = IDS.get(key);
  return id === undefined ? null : { platform: "slack", workspace: "T1", id };
};

const bookAt = (day: string): Book => {
  const ledger = createLedger();
  ledger.apply(recordedUntil(day));
  return createBook(lanting, ledger);
};

type Shown = readonly (readonly [heading: string, messages: readonly Message[]])[];

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  test("cards and histories", async () => {
    const shown: Shown = [
      ...["LT-004", "LT-009", "QH-007", "YB-001", "YB-004", "YB-005", "YB-006", "YB-007", "YB-008"].map(
        (id) => [`${id}, 20 July`, [card(id, "2026-07-20", lang)]] as const,
      ),
      ...["LT-002", "LT-004", "LT-006", "LT-008", "QH-002", "QH-003", "YB-002", "YB-006", "YB-007"].map(
        (id) => [`${id}, the year after`, [card(id, "2027-02-01", lang)]] as const,
      ),
      ...["LT-004", "QH-002", "YB-001", "LT-005"].map(
        (id) => [`history ${id}`, [history(id, "2027-02-01", lang)]] as const,
      ),
      ["source LT-004", [source("LT-004", "2027-02-01", lang)]],
    ];
    await keep("record-cards", lang, shown);
  });

  test("lists, board, reminders and digests", async () => {
    const [july, later] = [bookAt("2026-07-06"), bookAt("2027-02-01")];
    const shown: Shown = [
      ["digest of 6 July", digest("2026-06-29", "2026-07-06", lang)],
      ["digest of 20 July", digest("2026-07-13", "2026-07-20", lang)],
      ["digest of 1 February", digest("2026-12-28", "2027-02-01", lang)],
      ["list, 6 July", [list(july, "2026-07-06", lang)]],
      ["due, 6 July", [due(july, "2026-07-06", lang)]],
      ["reminders, 8 July", [reminders("2026-07-08", lang)]],
      ["board, 6 July", [boardView([], july.on("2026-07-06"), "district", july, "2026-07-06", lang)]],
      ["board, 1 February", [boardView([], later.on("2027-02-01"), "district", later, "2027-02-01", lang)]],
      ["what a newer dataset says", [datasetDiff(later, lang)]],
    ];
    await keep("record-lists", lang, shown);
  });
});

function assessedAt(id: string, day: string, lang: Lang): [ReturnType<Book["on"]>[number], Telling] {
  const book = bookAt(day);
  const item = book.on(day).find(({ commitment }) => commitment.id === id);
  if (item === undefined) throw new Error(id);
  return [item, { book, lang, zone: ZONE, who }];
}

function card(id: string, day: string, lang: Lang): Message {
  return cardView(...assessedAt(id, day, lang), true);
}

function history(id: string, day: string, lang: Lang): Message {
  const [item, telling] = assessedAt(id, day, lang);
  return historyView(item, 1, telling);
}

function source(id: string, day: string, lang: Lang): Message {
  const [item, telling] = assessedAt(id, day, lang);
  return sourceView(item.commitment, item.record, telling);
}

/** Of what was recorded between two Mondays at 9:07. */
function digest(from: string, to: string, lang: Lang): readonly Message[] {
  const [since, now] = [new Date(`${from}T01:07:00Z`), new Date(`${to}T01:07:00Z`)];
  const before = bookAt(from);
  const told = snapshotOf(before.on(dayIn(ZONE, since)), since, lanting.version, before.ledger.seq);
  const rule = { filter: [], zone: ZONE };
  return composeFor(rule, told, bookAt(to), now, lang, null, who).messages;
}

function list(book: Book, day: string, lang: Lang): Message {
  const items = book.on(day).filter(({ record }) => record.entries.length > 0);
  return listView({ filter: [], items, facts: [], page: 1, suggestions: [] }, book, day, lang);
}

function due(book: Book, day: string, lang: Lang): Message {
  const dated = book.on(day).filter((item) => item.due !== null && item.due < "2026-12-31");
  return dueView({ filter: [], dated, undated: 0, page: 1 }, book, day, lang);
}

function reminders(day: string, lang: Lang): Message {
  const book = bookAt(day);
  const found = remindersOf(book.on(day), [7], "2026-07-07", day);
  const now = new Date(`${day}T01:07:00Z`);
  return reminderView([{ id: "S-4", filter: [], reminders: found }], book, now, ZONE, lang, null);
}

function datasetDiff(book: Book, lang: Lang): Message {
  const changes = [
    { commitmentId: "LT-004", what: "target", from: ">16 EFLOPS", to: ">19 EFLOPS" },
    { commitmentId: "QH-007", what: "due", from: "2026-06-30", to: "2026-07-15" },
    { commitmentId: "YB-008", what: "new", from: null, to: ">=40 家" },
    { commitmentId: "QH-005", what: "retired", from: "=3 个", to: null },
  ] as const;
  return datasetDiffView({ changes, from: "2026.3" }, book, lang);
}

async function keep(name: string, lang: Lang, shown: Shown): Promise<void> {
  const text = shown.map(([heading, messages]) => {
    const each = messages.map((message) => renderText(message, { columns: 80, colour: false }));
    return `=== ${heading} ===\n${each.join("\n— in the thread —\n")}`;
  });
  await expect(`${text.join("\n\n")}\n`).toMatchFileSnapshot(`files/${name}.${lang}.txt`);
  const all = shown.flatMap(([, messages]) => messages);
  expect(all.flatMap((message) => checkPayload(renderSlack(message)))).toEqual([]);
  expect(all.flatMap((message) => checkCard(renderFeishu(message)))).toEqual([]);
  await expect(
    `${JSON.stringify(
      all.map((message) => renderSlack(message)),
      null,
      1,
    )}\n`,
  ).toMatchFileSnapshot(`files/${name}.${lang}.slack.json`);
  await expect(`${JSON.stringify(all.map(renderFeishu), null, 1)}\n`).toMatchFileSnapshot(
    `files/${name}.${lang}.feishu.json`,
  );
}
