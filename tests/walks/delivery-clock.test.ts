import { describe, expect, test } from "vitest";
import { digests, reckon, SIZES, START, walk } from "../support/delivery-walk.ts";
import { stores } from "../support/stores.ts";

const HOUR = 3_600_000;

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
