import { expect, test } from "vitest";
import { parseAddress, type Address } from "../../src/core/place.ts";
import { createTick } from "../../src/schedule/tick.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import { MONDAY, shenzhenBook } from "../support/books.ts";

const to: Address = parseAddress("feishu:oc_1") ?? {
  platform: "feishu",
  workspace: null,
  to: { channel: "" },
  thread: null,
};
const minutes = (count: number): Date => new Date(MONDAY.getTime() + count * 60_000);

function schedule(cron = "7 9 * * 1", zone = "Asia/Shanghai") {
  const store = createMemoryStore();
  return { store, tick: createTick({ rules: [{ to, cron, zone, lang: "en" }], book: shenzhenBook, store }) };
}

test("a digest is due in its minute, on the clock of its zone", async () => {
  expect(await schedule().tick(MONDAY)).toBe(1);
  expect(await schedule().tick(minutes(-1))).toBe(0);
  expect(await schedule("7 9 * * 1", "Europe/London").tick(MONDAY)).toBe(0);
  expect(await schedule("7 9 * * 1", "Europe/London").tick(new Date("2026-11-30T09:07:59Z"))).toBe(1);
});

test("however often a minute is ticked, its digest is put out once", async () => {
  const { tick, store } = schedule();
  expect(await Promise.all([tick(MONDAY), tick(MONDAY), tick(new Date(MONDAY.getTime() + 30_000))])).toEqual([
    1, 0, 0,
  ]);
  expect((await store.outbox()).filter(({ delivery }) => delivery.parentKey === null)).toHaveLength(1);
});

test("a tick that comes a few minutes late still finds its slot", async () => {
  const { tick } = schedule();
  await tick(minutes(-2));
  expect(await tick(minutes(3))).toBe(1);
});

test("a clock that jumps back sends nothing again", async () => {
  const { tick } = schedule();
  await tick(MONDAY);
  expect(await tick(minutes(-5))).toBe(0);
  expect(await tick(MONDAY)).toBe(0);
});

test("every delivery has a key of its own that platforms accept, the same for the same slot", async () => {
  const keys = async (): Promise<string[]> => {
    const { tick, store } = schedule();
    await tick(MONDAY);
    return (await store.outbox()).map(({ delivery }) => delivery.key);
  };
  const first = await keys();
  expect(first.length).toBeGreaterThan(1);
  expect(first.length).toBeLessThanOrEqual(4);
  expect(new Set(first).size).toBe(first.length);
  for (const key of first) expect(key).toMatch(/^[\x21-\x7e]{1,50}$/);
  expect(await keys()).toEqual(first);
});
