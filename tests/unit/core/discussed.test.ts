import { describe, expect, test } from "vitest";
import { discussedIn } from "../../../src/core/discussed.ts";
import { discussionName, newDiscussion, type Talk } from "../../../src/core/discussion.ts";
import { channel, cst } from "../../support/year-rig.ts";
import { qiuheBook } from "../../support/year.ts";

const book = await qiuheBook();
const HERE = channel("C1");
const at = (time: string): Date => cst(`2026-${time}`);
const opened = (commitmentId: string) =>
  newDiscussion({
    commitmentId,
    place: HERE,
    key: "t:x",
    toldSeq: 0,
  });
const said = (commitmentId: string, replies: number, lastAt: Date): [string, Talk] => [
  discussionName({ commitmentId, place: HERE }),
  { replies, people: 2, lastAt },
];

function told(talks: readonly [string, Talk][], now: Date) {
  const ids = book.dataset.commitments.slice(0, 5).map(({ id }) => id);
  const found = discussedIn({
    discussions: ids.map(opened),
    lately: new Map(talks),
    ever: new Map(talks),
    items: book.select([], "2026-03-02"),
    calendar: "CN",
    zone: "Asia/Shanghai",
    now,
  });
  return {
    most: found.most.map(({ item, talk }) => `${item.commitment.id} ${talk.replies}`),
    waiting: found.waiting.map(({ item, since }) => `${item.commitment.id} ${since}`),
  };
}

describe("what was discussed", () => {
  const [a = "", b = "", c = "", d = ""] = book.dataset.commitments.map(({ id }) => id);

  test("names the three with the most replies; where nobody was seen to write it says nothing", () => {
    const friday = at("03-06 10:00");
    const talks = [said(a, 2, friday), said(b, 7, friday), said(c, 1, friday), said(d, 4, friday)];
    expect(told(talks, friday).most).toEqual([`${b} 7`, `${d} 4`, `${a} 2`]);
    expect(told([], friday)).toEqual({ most: [], waiting: [] });
  });

  test("waits for an answer from the second working day on", () => {
    const talks = [said(a, 1, at("03-05 10:00")), said(b, 1, at("03-03 23:30"))];
    // Thursday's reply waits on Monday, Tuesday's on Thursday.
    expect(told(talks, at("03-08 10:00")).waiting).toEqual([`${b} 2026-03-03`]);
    expect(told(talks, at("03-09 00:30")).waiting).toEqual([`${b} 2026-03-03`, `${a} 2026-03-05`]);
  });
});
