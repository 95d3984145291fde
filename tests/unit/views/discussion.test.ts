import fc from "fast-check";
import { expect, test } from "vitest";
import { checkCard } from "../../../src/adapters/feishu/check-card.ts";
import { renderFeishu } from "../../../src/adapters/feishu/render.ts";
import { checkPayload } from "../../../src/adapters/slack/check.ts";
import { renderSlack } from "../../../src/adapters/slack/render.ts";
import { EVIDENCE_LEVELS, type Act } from "../../../src/core/act.ts";
import { createBook } from "../../../src/core/book.ts";
import type { Commitment } from "../../../src/core/commitment.ts";
import type { Person, PlatformName } from "../../../src/core/place.ts";
import { createLedger, type Entry } from "../../../src/core/record.ts";
import { RATINGS } from "../../../src/core/vocabulary.ts";
import type { Message } from "../../../src/message/message.ts";
import { renderText } from "../../../src/message/text.ts";
import { cardView } from "../../../src/views/card.ts";
import {
  discussionCard,
  discussionEvents,
  proposalCard,
  reviewReminder,
  settledCard,
} from "../../../src/views/discussion.ts";
import { offerView } from "../../../src/views/offer.ts";
import { lanting, shenzhen } from "../../support/books.ts";

const NASTY = [
  "<!channel> <@U1> &lt;",
  "**粗** `码` [x](https://x.example) <at id=all></at>",
  "数".repeat(4_000),
  "a b\n\nc",
  "👩‍👩‍👧\u202e",
];
const text = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }),
  fc.constantFrom(...NASTY),
);
const url = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.nat(1_900).map((length) => `https://x.example/${"a%20".repeat(length / 4)}`),
  fc.constant("http://中文.example/数据?“a”"),
);
const level = fc.constantFrom(...EVIDENCE_LEVELS);
const day = fc.constantFrom("2026-03-31", "2026-06-30", "2026-07-05");
const value = fc.oneof(
  fc.record({
    op: fc.constantFrom("=", ">", "~", "<="),
    value: fc.double({ min: 0, max: 1e9, noNaN: true }),
    unit: fc.constantFrom("EFLOPS", "个", "%"),
  }),
  fc.record({ done: fc.constantFrom("north", "不认识") }),
);
const rating = fc.constantFrom(...RATINGS.filter((each) => each !== "unrated"));
const posted = fc.record({ by: fc.constantFrom("P-1", "P-9"), where: fc.option(url) });
/** Of an entry that came before: by how many. */
const earlier = fc.nat(6);

type Step = (back: (by: number) => string) => Act;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      value,
      original: text,
      asOf: day,
      source: fc.option(fc.oneof(url, text)),
      level,
      late: fc.boolean(),
    })
    .map((data): Step => () => ({ type: "reading", data })),
  fc
    .record({ url, level, note: fc.option(text), posted: fc.option(posted) })
    .map(({ posted: by, ...data }): Step => () => ({
      type: "evidence",
      data: by === null ? data : { ...data, posted: by },
    })),
  fc.record({ rating, reason: text }).map((data): Step => () => ({ type: "rating_proposed", data })),
  fc.tuple(earlier, fc.boolean()).map(([by, single]): Step => (back) => ({
    type: "rating_approved",
    data: { proposal: back(by), single },
  })),
  fc.tuple(earlier, text).map(([by, reason]): Step => (back) => ({
    type: "rating_returned",
    data: { proposal: back(by), reason },
  })),
  earlier.map((by): Step => (back) => ({ type: "rating_withdrawn", data: { proposal: back(by) } })),
  text.map((said): Step => () => ({ type: "dispute_opened", data: { text: said } })),
  fc.tuple(earlier, text).map(([by, outcome]): Step => (back) => ({
    type: "dispute_closed",
    data: { dispute: back(by), outcome },
  })),
  text.map((outcome): Step => () => ({ type: "discussion_resolved", data: { outcome } })),
  fc
    .tuple(text, fc.boolean())
    .map(([said, nothingNew]): Step => () => ({ type: "note", data: { text: said, nothingNew } })),
  text.map((said): Step => () => ({ type: "yardstick_set", data: { text: said } })),
  day.map((on): Step => () => ({ type: "event_recorded", data: { event: "start", on } })),
  fc
    .tuple(earlier, fc.option(text))
    .map(([by, reason]): Step => (back) => ({ type: "undo", data: { entry: back(by), reason } })),
);
const platform: fc.Arbitrary<PlatformName> = fc.constantFrom("slack", "feishu", "terminal");
const steps = fc.array(fc.tuple(step, platform), { maxLength: 40 });

function entriesOf(commitment: Commitment, of: readonly (readonly [Step, PlatformName])[]): readonly Entry[] {
  return of.map(([make, name], at): Entry => ({
    seq: at + 1,
    id: `e${at}`,
    commitmentId: commitment.id,
    actorKey: `P-${at % 4}`,
    at: new Date(Date.UTC(2026, 6, 1, 2, at)),
    effectiveOn: "2026-07-01",
    from: {
      address: { platform: name, workspace: null, to: { channel: "C1" }, thread: null },
      message: null,
    },
    ...make((by) => `e${Math.max(at - 1 - by, 0)}`),
  }));
}

const people: readonly Person[] = [...Array(12).keys()].map((at) => ({
  platform: at % 2 === 0 ? "slack" : "feishu",
  workspace: "T1",
  id: at % 2 === 0 ? `U0${at}` : `ou_${at}`,
}));
const who = (key: string): Person | null => people.at(Number(key.slice(2))) ?? null;
const sets = [lanting, shenzhen].flatMap((dataset) =>
  dataset.commitments.map((commitment) => ({ dataset, commitment })),
);

function runsOf({ blocks }: Message): readonly string[] {
  return blocks.flatMap((block) =>
    block.type === "buttons" ? block.buttons.flatMap((each) => ("run" in each ? [each.run] : [])) : [],
  );
}

test("whatever was recorded, what a discussion says fits both chats in both languages", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sets),
      steps,
      fc.nat(12),
      url,
      fc.constantFrom("zh", "en"),
      (of, acts, waiting, link, lang) => {
        const ledger = createLedger();
        ledger.apply(entriesOf(of.commitment, acts));
        const book = createBook(of.dataset, ledger);
        const item = book.on("2026-07-06").find(({ commitment }) => commitment.id === of.commitment.id);
        if (item === undefined) throw new Error(of.commitment.id);
        const telling = { book, lang, zone: "Asia/Shanghai", who } as const;
        const { entries } = item.record;
        const proposals = entries.filter((entry) => entry.type === "rating_proposed");
        const settled = proposals.map((each) => settledCard(each, item, telling));
        const open = proposals.map((each) => proposalCard(each, item, people.slice(0, waiting), telling));
        const talk = { replies: 1_234, people: 56, lastAt: new Date(0) };
        const offer = {
          id: "0".repeat(24),
          url: link,
          postedBy: "P-1",
          message: {
            address: { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null },
            id: "1",
          },
        } as const;
        const all: readonly Message[] = [
          discussionCard(item, telling),
          cardView(item, telling, true, { link, talk }),
          ...(entries.length === 0
            ? []
            : [
                discussionEvents(
                  entries.map((entry) => ({ entry, item })),
                  telling,
                ),
              ]),
          ...open,
          ...settled,
          ...proposals.map((each) => reviewReminder(each, item, people.slice(0, waiting), telling)),
          offerView(
            offer,
            of.commitment.id,
            who("P-1") ?? { platform: "slack", workspace: "T1", id: "U1" },
            lang,
          ),
        ];
        for (const message of all) {
          expect(checkPayload(renderSlack(message))).toEqual([]);
          expect(checkCard(renderFeishu(message))).toEqual([]);
          // However long the words, what can be clicked stays.
          const shown = `${JSON.stringify(renderSlack(message))}${JSON.stringify(renderFeishu(message))}`;
          for (const run of runsOf(message)) expect(shown.split(run).length).toBeGreaterThan(2);
          expect(message.summary).not.toBe("");
          expect(renderText(message, { columns: 80, colour: false })).not.toMatch(/undefined|NaN|\[object/u);
        }
        expect(settled.flatMap(runsOf)).toEqual([]);
        for (const [at, card] of open.entries())
          expect(runsOf(card).every((run) => run.endsWith(` #${proposals.at(at)?.seq ?? ""}`))).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
