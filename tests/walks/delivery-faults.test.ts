import { describe, expect, test } from "vitest";
import type { Abilities } from "../../src/platform/platform.ts";
import { digests, LONG, reckon, SIZES, START, walk, type Reckoning } from "../support/delivery-walk.ts";
import { stores, type StoreKind } from "../support/stores.ts";

const HOUR = 3_600_000;

/** Sends everything by one worker after another, each killed at a random moment, the last one left alone. */
async function throughKills(
  open: StoreKind["open"],
  find: Abilities["find"],
  seed: number,
  kills = SIZES.kills,
): Promise<{ readonly end: Reckoning; readonly wrong: readonly string[]; readonly total: number }> {
  const opened = await open();
  const deliveries = digests(SIZES.places);
  await opened.store.commit({ at: START, deliveries });
  // An SQLite file is for one process.
  await opened.store.close();
  const { fake, random, worker, passLeases } = await walk(find, seed);
  for (let kill = 1; kill <= kills; kill += 1) {
    const doomed = await worker(opened.options);
    // Each gets somewhere: one that is always killed at its first claim would use up the hour of a key.
    const moment = fake.messages.length + Math.ceil((random() * deliveries.length * 0.9) / kills);
    // Where an unconfirmed one keeps its reply back, the moment may never come.
    await Promise.race([fake.accepted(moment), doomed.done]);
    await doomed.kill();
    passLeases();
  }
  const last = await worker(opened.options);
  await last.done;
  await last.leave();
  const end = await reckon(await opened.reopen(), fake, deliveries);
  return { end, wrong: fake.counts.wrong, total: deliveries.length };
}

// The short form spares PostgreSQL two of them: the history is in the walk of the restarted database, and what is
// unconfirmed is the worker's word on either engine.
describe.each(stores)("kill -9 at random moments ($name)", ({ name, open }) => {
  // Side by side: most of the time is spent waiting for pauses and for calls that hang.
  test(
    "loses nothing, doubles nothing, and shows what it cannot find out",
    { timeout: SIZES.ms },
    async () => {
      const all = name === "sqlite" || LONG;
      const [byKey, byHistory, blind] = await Promise.all([
        throughKills(open, "key", 11),
        all ? throughKills(open, "history", 12) : null,
        all ? throughKills(open, "none", 13, LONG ? SIZES.kills : 1) : null,
      ]);
      for (const { end, wrong, total } of [byKey, byHistory].filter((walked) => walked !== null)) {
        expect(end).toMatchObject({ lost: [], doubled: [], unsettled: [], early: [] });
        expect(end.sent + end.unconfirmed.length + end.failed.length).toBe(total);
        expect(end.failed.length).toBeLessThanOrEqual(end.unconfirmed.length);
        expect(wrong).toEqual([]);
      }
      // Two dozen kills on a slow machine may outlast a key's hour; three cannot, and a history lasts.
      expect([byHistory?.end.unconfirmed ?? [], LONG ? [] : byKey.end.unconfirmed]).toEqual([[], []]);
      if (blind === null) return;
      expect(blind.end).toMatchObject({ lost: [], doubled: [], unsettled: [] });
      expect(blind.end.unconfirmed.length).toBeGreaterThan(0);
      // A reply fails only because the digest above it may not be there.
      expect(blind.end.unconfirmed.map((key) => key.replace("digest", "reply"))).toEqual(
        expect.arrayContaining([...blind.end.failed]),
      );
      expect(blind.end.sent + blind.end.unconfirmed.length + blind.end.failed.length).toBe(blind.total);
    },
  );
});

describe.each(stores)("a clock that jumps both ways ($name)", ({ open }) => {
  test(
    "loses nothing and doubles nothing; what it can no longer prove it shows",
    { timeout: SIZES.ms },
    async () => {
      const opened = await open();
      const deliveries = digests(SIZES.places);
      await opened.store.commit({ at: START, deliveries });
      await opened.store.close();
      const { fake, worker } = await walk("key", 31);
      const child = await worker(opened.options);
      // Put back by less than it went ahead: before its time nothing would be due at all.
      for (const [share, ms] of [
        [0.1, 2 * HOUR],
        [0.25, -HOUR],
        [0.5, 2 * HOUR],
      ] as const) {
        await Promise.race([fake.accepted(Math.ceil(deliveries.length * share)), child.done]);
        child.jump(ms);
      }
      await child.done;
      await child.leave();
      const end = await reckon(await opened.reopen(), fake, deliveries);
      expect(end).toMatchObject({ lost: [], doubled: [], unsettled: [] });
      expect(end.sent + end.unconfirmed.length + end.failed.length).toBe(deliveries.length);
      expect(end.sent).toBeGreaterThan(deliveries.length / 2);
    },
  );
});
