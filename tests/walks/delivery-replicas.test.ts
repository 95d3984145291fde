import { describe, expect, test } from "vitest";
import { digests, reckon, SIZES, START, walk } from "../support/delivery-walk.ts";
import { stores } from "../support/stores.ts";

/** The server's patience with a transaction whose client is paused, on the fast clock too: 15 s there. */
const PATIENCE = "idle_in_transaction_session_timeout=1500";

const everything = { lost: [], doubled: [], unsettled: [], unconfirmed: [], early: [], failed: [] };

// SQLite is for one process; it is walked in delivery-faults.test.ts.
describe.each(stores.filter(({ name }) => name === "postgres"))(
  "three processes on one database",
  ({ open }) => {
    test(
      "one killed and one paused beyond its lease: nothing lost, nothing doubled",
      { timeout: SIZES.ms },
      async () => {
        const opened = await open();
        const deliveries = digests(SIZES.places);
        await opened.store.commit({ at: START, deliveries });
        const { fake, worker } = await walk("key", 21);
        if (!("url" in opened.options)) throw new Error("replicas need a server");
        const options = { url: `${opened.options.url}?${PATIENCE}` };
        const [killed, paused, steady] = await Promise.all([
          worker(options),
          worker(options),
          worker(options),
        ]);
        await fake.accepted(Math.ceil(deliveries.length * 0.2));
        await killed.kill();
        paused.process.kill("SIGSTOP");
        // The third one ends only when it has taken over what the two held: their leases have run out by then.
        await steady.done;
        paused.process.kill("SIGCONT");
        await paused.done;
        await Promise.all([paused.leave(), steady.leave()]);
        expect(await reckon(opened.store, fake, deliveries)).toEqual({
          ...everything,
          sent: deliveries.length,
        });
        expect(fake.counts.wrong).toEqual([]);
      },
    );

    test(
      "the database restarted under them: nothing lost, nothing doubled",
      { timeout: SIZES.ms },
      async () => {
        const opened = await open();
        const deliveries = digests(SIZES.places);
        await opened.store.commit({ at: START, deliveries });
        const { fake, worker } = await walk("history", 22);
        const [one, two] = await Promise.all([worker(opened.options), worker(opened.options)]);
        await fake.accepted(Math.ceil(deliveries.length * 0.3));
        await opened.halt();
        await opened.resume();
        await Promise.all([one.done, two.done]);
        await Promise.all([one.leave(), two.leave()]);
        expect(await reckon(await opened.reopen(), fake, deliveries)).toEqual({
          ...everything,
          sent: deliveries.length,
        });
      },
    );
  },
);
