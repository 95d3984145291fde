import fc from "fast-check";
import { expect, test } from "vitest";
import { workCalendar } from "../../src/core/calendar.ts";
import { runsBetween } from "../../src/core/next.ts";
import type { Subscription } from "../../src/core/subscription.ts";
import { clockOf } from "../../src/core/zone-time.ts";
import { createTick } from "../../src/schedule/tick.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { channel, cst, ruleOf } from "../support/year-rig.ts";
import { deliver, qiuheBook } from "../support/year.ts";

/** Random clocks, forward and back, against rules written down a second time and more plainly. */
const START = cst("2026-02-09 06:00");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const book = await qiuheBook();
const calendar = workCalendar("CN");

/** By minutes, or to some minutes after the next time of the rule. */
const jumps = fc.array(
  fc.oneof(
    fc.record({ toNext: fc.constant(true), minutes: fc.integer({ min: 0, max: 11 }) }),
    fc.record({ toNext: fc.constant(true), minutes: fc.integer({ min: 0, max: 40 * 60 }) }),
    fc.record({ toNext: fc.constant(false), minutes: fc.integer({ min: -3 * 24 * 60, max: 24 * 60 }) }),
  ),
  { minLength: 5, maxLength: 40 },
);
const rule = fc.record({
  schedule: fc
    .constantFrom("7 9 * * 1", "7 9 * * *", "30 22 * * 1-5", "5 6,18 * * *", "50 * * * *")
    .map((cron) => ({ kind: "cron", cron }) as const),
  zone: fc.constantFrom("Asia/Shanghai", "Europe/London", "America/New_York"),
  workday: fc.constantFrom("next", "previous", "ignore"),
  missed: fc.constantFrom("late", "merge", "drop"),
  empty: fc.constant("say"),
} satisfies { readonly [Key in keyof Subscription]?: fc.Arbitrary<Subscription[Key]> });
const quiet = fc.constantFrom(null, { from: "22:00", to: "07:30" }, { from: "12:00", to: "14:00" });

type Quiet = { readonly from: string; readonly to: string } | null;

function wall(at: Date, zone: string): string {
  const { hour, minute } = clockOf(at, zone);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function isQuiet(at: Date, hours: Quiet, zone: string): boolean {
  if (hours === null) return false;
  const clock = wall(at, zone);
  const within = [clock >= hours.from, clock < hours.to];
  return hours.from > hours.to ? within.some(Boolean) : within.every(Boolean);
}

/** Minutes from one instant to another that are not quiet. */
function loudMinutes(from: Date, to: Date, hours: Quiet, zone: string): number {
  let count = 0;
  for (let at = from.getTime(); at < to.getTime(); at += MINUTE) {
    if (!isQuiet(new Date(at), hours, zone)) count += 1;
  }
  return count;
}

test("whatever the clock does, a slot is delivered at most once and only as its rule allows", async () => {
  let delivered = 0;
  await fc.assert(
    fc.asyncProperty(rule, quiet, jumps, async (rest, hours, minutes) => {
      const store = await openSqlite({ file: ":memory:" });
      try {
        const subscription = ruleOf("S-1", START, calendar, rest);
        const settings = { lang: null, zone: null, echo: null, quiet: hours, empty: null, missed: null };
        await store.commit({
          at: START,
          subscriptions: [subscription],
          settings: [{ place: channel("C1"), settings }],
        });
        const ticks = [createTick({ book, store, lang: "en" }), createTick({ book, store, lang: "zh" })];
        const keys = new Set<string>();
        let now = START;
        for (const [step, jump] of minutes.entries()) {
          const next = (await store.subscription("S-1"))?.nextAt ?? now;
          const from = jump.toNext ? next : now;
          now = new Date(Math.max(START.getTime(), from.getTime() + jump.minutes * MINUTE));
          await Promise.all(ticks.map((tick) => tick(now)));
          const arrived = await deliver(store, now);
          expect(arrived.length, `step ${step}: never a backlog`).toBeLessThanOrEqual(1);
          const rows = await store.outbox({ states: ["sent"], limit: 4 });
          const key = rows.find(({ delivery }) => delivery.parentKey === null)?.delivery.key ?? "";
          if (arrived.length === 0) continue;
          delivered += 1;
          expect(keys, "at most once").not.toContain(key);
          keys.add(key);
          expect(isQuiet(now, hours, rest.zone), "not in quiet hours").toBe(false);

          const run = runsBetween({ ...subscription, calendar }, new Date(START.getTime() - HOUR), now).at(
            -1,
          );
          if (run === undefined) throw new Error("delivered without a run");
          expect(key, "the last run before now").toBe(
            `S-1.${run.at.toISOString().replace(/\D/gu, "").slice(0, 12)}`,
          );
          const day = clockOf(run.at, rest.zone).day;
          if (rest.workday !== "ignore") expect(calendar.isWorkday(day), `${day} is worked`).toBe(true);
          if (loudMinutes(run.at, now, hours, rest.zone) <= 20) continue;
          expect(rest.missed, "late only where the rule says so").toBe("late");
          expect(now.getTime() - run.at.getTime()).toBeLessThanOrEqual(36 * HOUR + 10 * HOUR);
          expect(wall(now, rest.zone) >= "08:00" && wall(now, rest.zone) < "20:00", "late only by day").toBe(
            true,
          );
        }
      } finally {
        await store.close();
      }
    }),
    { numRuns: 30, seed: 20_260_209 },
  );
  expect(delivered).toBeGreaterThan(80);
}, 60_000);
