import { expect, test } from "vitest";
import { NO_SETTINGS } from "../../src/core/subscription.ts";
import { withPlaceMemory } from "../../src/store/place-memory.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { MONDAY, channel, discussion } from "../support/store-samples.ts";

const HERE = channel("C1");
const ENGLISH = { ...NO_SETTINGS, lang: "en" } as const;

async function counted() {
  const store = await openSqlite({ file: ":memory:" });
  let reads = 0;
  const settings = async (place: typeof HERE) => {
    reads += 1;
    return store.settings(place);
  };
  return { store, kept: withPlaceMemory({ ...store, settings }), reads: () => reads };
}

test("settings are read once until something is written", async () => {
  const { kept, reads } = await counted();
  expect(await kept.settings(HERE)).toBeNull();
  expect(await kept.settings({ ...HERE, thread: "1.1" })).toBeNull();
  expect(reads()).toBe(1);
  await kept.commit({ at: MONDAY, settings: [{ place: HERE, settings: ENGLISH }] });
  expect(await kept.settings(HERE)).toEqual(ENGLISH);
  expect(await kept.settings(HERE)).toEqual(ENGLISH);
  expect(reads()).toBe(2);
  await kept.close();
});

test("what was read while something was written is not kept", async () => {
  const { store } = await counted();
  const held = Promise.withResolvers<void>();
  const slow = withPlaceMemory({
    ...store,
    async settings(place) {
      const read = await store.settings(place);
      await held.promise;
      return read;
    },
  });
  const before = slow.settings(HERE);
  await slow.commit({ at: MONDAY, settings: [{ place: HERE, settings: ENGLISH }] });
  held.resolve();
  expect(await before).toBeNull();
  expect(await slow.settings(HERE)).toEqual(ENGLISH);
  await slow.close();
});

test("the discussions of a place are read anew once one is opened there", async () => {
  const { kept } = await counted();
  expect(await kept.discussions({ place: HERE })).toEqual([]);
  await kept.commit({ at: MONDAY, discussions: [discussion({ place: HERE })] });
  expect(await kept.discussions({ place: { ...HERE, thread: "1.1" } })).toHaveLength(1);
  expect(await kept.discussions({ place: channel("C2") })).toEqual([]);
  expect(await kept.discussions("all")).toHaveLength(1);
  await kept.close();
});
