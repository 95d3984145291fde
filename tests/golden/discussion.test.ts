import { describe, expect, test } from "vitest";
import { checkCard } from "../../src/adapters/feishu/check-card.ts";
import { renderFeishu } from "../../src/adapters/feishu/render.ts";
import { checkPayload } from "../../src/adapters/slack/check.ts";
import { renderSlack } from "../../src/adapters/slack/render.ts";
import { createBook, type Book } from "../../src/core/book.ts";
import { discussionName, newDiscussion } from "../../src/core/discussion.ts";
import { discussedIn } from "../../src/core/discussed.ts";
import type { Lang } from "../../src/core/lang.ts";
import { placeOf, type Address, type Person } from "../../src/core/place.ts";
import { createLedger, type Entry, type EntryOf } from "../../src/core/record.ts";
import type { Assessed } from "../../src/core/standing.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { composeFor } from "../../src/views/compose.ts";
import { discussView } from "../../src/views/discuss.ts";
import {
  discussionCard,
  discussionEvents,
  proposalCard,
  reviewReminder,
  settledCard,
} from "../../src/views/discussion.ts";
import { cardView } from "../../src/views/card.ts";
import { alreadyKeptView, notKeptView, offerView } from "../../src/views/offer.ts";
import { problemView } from "../../src/views/problem.ts";
import type { Telling } from "../../src/views/telling.ts";
import { CHEN, LIU, recordedUntil, WANG, ZHOU } from "../fixtures/ledgers/lanting-2026.ts";
import { CHANNEL, entriesOf, type Line } from "../fixtures/ledgers/lines.ts";
import { lanting } from "../support/books.ts";

/**
 * Everything that is said in and about discussions of the invented city, in both languages, as text, Block Kit and
 * card. `npm run golden` writes the files anew; read the difference before you commit it.
 */
const ZONE = "Asia/Shanghai";
const DAY = "2026-07-06";
const FEISHU: Address = { platform: "feishu", workspace: null, to: { channel: "oc_1" }, thread: null };
const IDS = new Map([
  [WANG, "U0WANG"],
  [CHEN, "U0CHEN"],
  [LIU, "U0LIU"],
]);
const person = (id: string): Person => ({ platform: "slack", workspace: "T1", id });
const who = (key: string): Person | null => {
  const id = IDS.get(key);
  return id === undefined ? null : person(id);
};
const [wang, chen, liu] = [person("U0WANG"), person("U0CHEN"), person("U0LIU")];

const on = "LT-004";
const MORE: readonly Line[] = [
  {
    at: "2026-07-06 09:30",
    by: LIU,
    on,
    act: {
      type: "evidence",
      data: {
        url: "https://data.lanting.example/compute-2026h1",
        level: "E3",
        note: null,
        posted: { by: WANG, where: "https://chat.lanting.example/archives/C1/p17" },
      },
    },
  },
  {
    at: "2026-07-06 09:40",
    by: ZHOU,
    on,
    id: "first",
    act: { type: "rating_proposed", data: { rating: "stalled", reason: "两个月没有新机房" } },
  },
  {
    at: "2026-07-06 09:50",
    by: WANG,
    on,
    id: "second",
    act: { type: "rating_proposed", data: { rating: "in_progress", reason: "三座机房通电" } },
  },
];
const DECIDED: readonly Line[] = [
  {
    at: "2026-07-06 10:20",
    by: CHEN,
    on,
    act: { type: "rating_returned", data: { proposal: "second", reason: "写明是哪三座" } },
  },
  {
    at: "2026-07-06 10:40",
    by: WANG,
    on,
    id: "third",
    act: { type: "rating_proposed", data: { rating: "in_progress", reason: "东、西、南三座机房通电" } },
  },
  {
    at: "2026-07-06 11:00",
    by: CHEN,
    on,
    act: { type: "rating_approved", data: { proposal: "third", single: false } },
  },
  {
    at: "2026-07-06 11:10",
    by: LIU,
    on,
    act: {
      type: "discussion_resolved",
      data: { outcome: "只算已通电的机器，年底再看。 Only machines with power count." },
    },
  },
];

/** The record until that morning, and what was said on; the last of it in Feishu. */
function bookWith(lines: readonly Line[]): Book {
  const before = recordedUntil("2026-07-05");
  const ledger = createLedger();
  ledger.apply(before);
  ledger.apply(
    entriesOf(lines).map((entry): Entry => ({
      ...entry,
      seq: before.length + entry.seq,
      id: entry.id.startsWith("e") ? `m${entry.seq}` : entry.id,
      from:
        entry.type === "evidence" || entry.type === "discussion_resolved"
          ? { address: FEISHU, message: "om_1" }
          : entry.from,
    })),
  );
  return createBook(lanting, ledger);
}

function itemOf(book: Book, id = on): Assessed {
  const item = book.on(DAY).find(({ commitment }) => commitment.id === id);
  if (item === undefined) throw new Error(id);
  return item;
}

function proposalOf({ record }: Assessed, id: string): EntryOf<"rating_proposed"> {
  const found = record.entries.find((each) => each.id === id);
  if (found?.type !== "rating_proposed") throw new Error(id);
  return found;
}

const waiting = bookWith(MORE);
const decided = bookWith([...MORE, ...DECIDED]);
const plain = bookWith([]);

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  const told = (book: Book): Telling => ({ book, lang, zone: ZONE, who });
  const state = (book: Book, of: "opening" | "open" | "here" | "not_here"): Message =>
    discussView({
      commitment: itemOf(book).commitment,
      book,
      lang,
      state: of,
      link: of === "open" ? "https://chat.lanting.example/archives/C1/p16" : null,
    });

  test("what a discussion shows", async () => {
    const [open, done] = [itemOf(waiting), itemOf(decided)];
    const events = (book: Book, from: number) =>
      itemOf(book)
        .record.entries.slice(from)
        .map((entry) => ({ entry, item: itemOf(book) }));
    const offer = {
      id: "0123456789abcdef01234567",
      url: "https://news.lanting.example/2026/07/05/compute",
      postedBy: WANG,
      message: { address: CHANNEL, id: "17.1" },
    };
    await keep("discussion", lang, [
      ["its card, nothing recorded", [discussionCard(itemOf(plain, "LT-005"), told(plain))]],
      ["its card, nothing is read of this one", [discussionCard(itemOf(plain, "YB-001"), told(plain))]],
      ["its card, nodes are read", [discussionCard(itemOf(plain, "YB-004"), told(plain))]],
      ["its card, no yardstick", [discussionCard(itemOf(plain, noneId(plain)), told(plain))]],
      ["its card, a proposal waits", [discussionCard(open, told(waiting))]],
      ["its card, resolved", [discussionCard(done, told(decided))]],
      ["one event", [discussionEvents(events(waiting, -3).slice(0, 1), told(waiting))]],
      ["several events", [discussionEvents(events(decided, -4), told(decided))]],
      ["many events", [discussionEvents([...events(decided, 0), ...events(decided, 0)], told(decided))]],
      [
        "a proposal, two may decide",
        [proposalCard(proposalOf(open, "second"), open, [chen, liu], told(waiting))],
      ],
      ["a proposal, nobody else may", [proposalCard(proposalOf(open, "second"), open, [], told(waiting))]],
      ["a reminder", [reviewReminder(proposalOf(open, "second"), open, [chen], told(waiting))]],
      ["settled: replaced", [settledCard(proposalOf(open, "first"), open, told(waiting))]],
      ["settled: returned", [settledCard(proposalOf(done, "second"), done, told(decided))]],
      ["settled: approved", [settledCard(proposalOf(done, "third"), done, told(decided))]],
      ["a link is offered", [offerView(offer, on, wang, lang)]],
      ["and not kept", [notKeptView(lang)]],
      ["kept by another already", [alreadyKeptView(keptIn(done), told(decided))]],
    ]);
  });

  test("what is said about it elsewhere", async () => {
    const lines = ["LT-004", "QH-002"].map((id) => ({
      id,
      line: lang === "zh" ? `填报 ${id} 8.4` : `reading ${id} 8.4`,
    }));
    const item = itemOf(decided);
    const link = "https://chat.lanting.example/archives/C1/p16";
    const talk = { replies: 5, people: 3, lastAt: new Date("2026-07-06T03:00:00Z") };
    await keep("discussion-elsewhere", lang, [
      ["discuss", [state(plain, "opening")]],
      ["discuss, it stands", [state(plain, "open")]],
      ["discuss, in it", [state(plain, "here")]],
      ["discuss, at the terminal", [state(plain, "not_here")]],
      ["which one", [problemView({ code: "which_commitment", lines, more: 0 }, lang)]],
      ["which one, of many", [problemView({ code: "which_commitment", lines, more: 3 }, lang)]],
      ["show, its thread is here", [cardView(item, told(decided), true, { link, talk })]],
      ["show, nothing was counted", [cardView(item, told(decided), true, { link: null, talk: null })]],
      ["the next digest", [digest(lang)]],
    ]);
  });
});

function keptIn({ record }: Assessed): EntryOf<"evidence"> {
  const last = record.evidence.at(-1);
  if (last === undefined) throw new Error("no evidence");
  return last;
}

function noneId(book: Book): string {
  const found = book.on(DAY).find(({ commitment }) => commitment.check === "none");
  if (found === undefined) throw new Error("every commitment can be checked");
  return found.commitment.id;
}

/** Of a channel in which three were talked about, as far as was counted. */
function digest(lang: Lang): Message {
  const now = new Date("2026-07-13T01:07:00Z");
  const talked = (
    [
      ["LT-004", 5, 3, "2026-07-06T03:00:00Z"],
      ["QH-002", 1, 1, "2026-07-08T03:00:00Z"],
      ["QH-007", 2, 2, "2026-07-07T03:00:00Z"],
    ] as const
  ).map(([id, replies, people, lastAt]) => {
    const place = placeOf(CHANNEL);
    const discussion = newDiscussion({
      commitmentId: id,
      place,
      key: `t:${id}`,
      toldSeq: 0,
    });
    return { discussion, talk: { replies, people, lastAt: new Date(lastAt) } };
  });
  const counted = new Map(talked.map(({ discussion, talk }) => [discussionName(discussion), talk]));
  const discussed = discussedIn({
    discussions: talked.map(({ discussion }) => discussion),
    lately: counted,
    ever: counted,
    items: decided.on("2026-07-13"),
    calendar: lanting.calendar,
    zone: ZONE,
    now,
  });
  const [parent] = composeFor(
    { filter: [], zone: ZONE },
    null,
    decided,
    now,
    lang,
    null,
    who,
    discussed,
  ).messages;
  if (parent === undefined) throw new Error("no digest");
  return parent;
}

type Shown = readonly (readonly [heading: string, messages: readonly Message[]])[];

async function keep(name: string, lang: Lang, shown: Shown): Promise<void> {
  const text = shown.map(([heading, messages]) => {
    const each = messages.map((message) => renderText(message, { columns: 80, colour: false }));
    return `=== ${heading} ===\n${each.join("\n")}`;
  });
  await expect(`${text.join("\n\n")}\n`).toMatchFileSnapshot(`files/${name}.${lang}.txt`);
  const all = shown.flatMap(([, messages]) => messages);
  expect(all.flatMap((message) => checkPayload(renderSlack(message)))).toEqual([]);
  expect(all.flatMap((message) => checkCard(renderFeishu(message)))).toEqual([]);
  const slack = all.map((message) => renderSlack(message));
  await expect(`${JSON.stringify(slack, null, 1)}\n`).toMatchFileSnapshot(`files/${name}.${lang}.slack.json`);
  const cards = all.map((message) => renderFeishu(message));
  await expect(`${JSON.stringify(cards, null, 1)}\n`).toMatchFileSnapshot(
    `files/${name}.${lang}.feishu.json`,
  );
}
