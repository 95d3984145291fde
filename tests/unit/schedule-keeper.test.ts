import { expect, test } from "vitest";
import { createKeeper, type Keeper } from "../../src/schedule/keeper.ts";
import type { Kept } from "../../src/schedule/discussions.ts";

/** A keeper whose looks are answered from a list and whose pauses end when they are let. */
function scene(answers: (Kept | Error)[]): {
  readonly keeper: Keeper;
  readonly seen: { looks: number; wakes: number; failures: string[]; pauses: number[] };
  readonly pauseOver: () => Promise<void>;
} {
  const failures: string[] = [];
  const pauses: number[] = [];
  const seen = { looks: 0, wakes: 0, failures, pauses };
  let over: (() => void) | null = null;
  const keeper = createKeeper({
    keep: async () => {
      seen.looks += 1;
      const next = answers.shift() ?? { count: 0, waits: false };
      if (next instanceof Error) throw next;
      return next;
    },
    clock: () => new Date(0),
    onWritten: () => {
      seen.wakes += 1;
    },
    onFailure: (error) => seen.failures.push(String(error)),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        seen.pauses.push(ms);
        over = resolve;
        signal.addEventListener("abort", () => resolve());
      }),
  });
  return {
    keeper,
    seen,
    async pauseOver() {
      await settled();
      over?.();
      await settled();
    },
  };
}

/** Everything that does not wait for a timer is done. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

test("looks at once, and once more for all that was written meanwhile", async () => {
  const { keeper, seen } = scene([{ count: 2, waits: false }]);
  for (let count = 0; count < 5; count += 1) keeper.poke();
  await settled();
  expect(seen).toEqual({ looks: 2, wakes: 1, failures: [], pauses: [] });
  keeper.poke();
  await settled();
  expect(seen.looks).toBe(3);
  await keeper.stop();
});

test("comes back to a card that waits for its edit, ever later, and leaves the rest to the tick", async () => {
  const { keeper, seen, pauseOver } = scene(Array.from({ length: 20 }, () => ({ count: 0, waits: true })));
  keeper.poke();
  for (let count = 0; count < 20; count += 1) await pauseOver();
  expect(seen.pauses).toEqual(seen.pauses.toSorted((a, b) => a - b));
  expect(seen.pauses.length).toBeLessThan(10);
  expect(seen.looks).toBe(seen.pauses.length + 1);
});

test("a failure is told and holds up nothing", async () => {
  const { keeper, seen } = scene([new Error("the store is away"), { count: 1, waits: false }]);
  keeper.poke();
  await settled();
  keeper.poke();
  await settled();
  expect(seen).toMatchObject({ looks: 2, wakes: 1, failures: ["Error: the store is away"] });
});

test("stops in the middle of a pause, and begins nothing afterwards", async () => {
  const { keeper, seen } = scene([{ count: 0, waits: true }]);
  keeper.poke();
  await settled();
  await keeper.stop();
  keeper.poke();
  await settled();
  expect(seen.looks).toBe(1);
});
