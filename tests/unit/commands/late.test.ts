import { expect, test } from "vitest";
import { createHandle } from "../../../src/bot/handle.ts";
import { unlimited } from "../../support/platform-stub.ts";
import { JULY, recorder } from "../../support/recorder.ts";

const MINUTE = 60_000;

/** A line that a chat brings in now, though it was typed some minutes ago. */
async function arriving(lines: readonly { readonly line: string; readonly typed: number }[]) {
  const made = await recorder();
  await made.say("boss:admin", "admin grant slack:T1:U1 tracker", -600);
  const told: string[] = [];
  const dropped: string[] = [];
  const handle = createHandle({
    desk: made.desk,
    store: made.store,
    clock: () => JULY,
    log: {
      info: (what) => dropped.push(what),
      error: (what, fields) => {
        throw new Error(`${what} ${JSON.stringify(fields)}`);
      },
    },
    onWritten: () => undefined,
  })(unlimited("slack"));
  const place = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null } as const;
  for (const [at, { line, typed }] of lines.entries()) {
    const address = { ...place, thread: "100.1" };
    await handle({
      type: "command",
      id: `slack:${at}`,
      at: new Date(JULY.getTime() - typed * MINUTE),
      actor: { platform: "slack", workspace: "T1", id: "U1" },
      address,
      place,
      via: "mention",
      line,
      ref: { address, id: `100.${at}` },
      reply: async (message) => {
        told.push(message.summary);
      },
    });
  }
  return { ...made, told, dropped };
}

test("a reading typed while the platform was away is recorded with its own time and marked late", async () => {
  const { entries, told } = await arriving([
    { line: "reading LT-004 8.2 source:x level:E3", typed: 3 * 24 * 60 },
  ]);
  expect(entries("LT-004")).toMatchObject([
    {
      at: new Date("2026-06-29T02:00:00Z"),
      effectiveOn: "2026-06-29",
      data: { late: true },
      from: { address: { thread: "100.1" }, message: "100.0" },
    },
  ]);
  expect(told).toHaveLength(1);
});

test("a late question is dropped, a late line that records and cannot be read is told so", async () => {
  const { told, dropped, store } = await arriving([
    { line: "show LT-004", typed: 11 },
    { line: "subscribe district:LT", typed: 11 },
    { line: "LT-004", typed: 11 },
    { line: "reading LT-004 1e999 source:x level:E3", typed: 11 },
  ]);
  expect(dropped).toHaveLength(3);
  expect(told).toEqual([expect.stringContaining("1e999")]);
  expect(await store.ledger(0, 10)).toEqual([]);
});

test("what was typed a moment ago is not late", async () => {
  const { entries } = await arriving([
    { line: "note LT-004 a", typed: 9 },
    { line: "reading LT-004 8.2 source:x level:E3", typed: 9 },
  ]);
  expect(entries("LT-004").map(({ at }) => at)).toEqual([JULY, JULY]);
  expect(entries("LT-004")[1]).toMatchObject({ data: { late: false } });
});

test("an undo typed before the outage counts from when it was typed", async () => {
  const { desk, told } = await arriving([
    { line: "note LT-004 a", typed: 60 },
    { line: "undo LT-004", typed: 55 },
  ]);
  expect(desk.book.ledger.of("LT-004").notes).toEqual([]);
  expect(told).toHaveLength(2);
});
