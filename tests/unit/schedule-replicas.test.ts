import { describe, expect, test } from "vitest";
import { workCalendar } from "../../src/core/calendar.ts";
import { addDays } from "../../src/core/day.ts";
import { createTick } from "../../src/schedule/tick.ts";
import { stores } from "../support/stores.ts";
import { channel, cst, person, REMINDERS, ruleOf } from "../support/year-rig.ts";
import { deliver, qiuheBook } from "../support/year.ts";

/** Two processes that share a database; on SQLite, two schedules in the one process that may use it. */
describe.each(stores)("two replicas on $name", ({ name, open }) => {
  test("that tick at once through three weeks post everything once", async () => {
    const opened = await open();
    const book = await qiuheBook();
    const from = cst("2026-02-25 12:00");
    const calendar = workCalendar(book.dataset.calendar);
    const rule = (id: string, rest: Parameters<typeof ruleOf>[3]) => ruleOf(id, from, calendar, rest);
    await opened.store.commit({
      at: from,
      subscriptions: [
        ...Array.from({ length: 8 }, (_, at) => rule(`S-${at}`, { to: channel(`C${at}`) })),
        rule("S-8", { ...REMINDERS, to: person("U1") }),
        rule("S-9", { ...REMINDERS, to: person("U1"), schedule: { kind: "cron", cron: "5 17 * * *" } }),
      ],
    });
    const other = name === "postgres" ? await opened.second() : opened.store;
    const ticks = [opened.store, other].map((store) => createTick({ book, store, lang: "en" }));

    const seen: string[] = [];
    for (let day = "2026-02-26"; day <= "2026-03-16"; day = addDays(day, 1)) {
      for (const time of ["09:07", "17:05"]) {
        const now = cst(`${day} ${time}`);
        await Promise.all(ticks.map((tick) => tick(now)));
        seen.push(...(await deliver(opened.store, now)).map(({ to }) => `${day} ${to}`));
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    const mondays = ["2026-03-02", "2026-03-09", "2026-03-16"];
    const digests = mondays.flatMap((day) => Array.from({ length: 8 }, (_, at) => `${day} slack:T1:C${at}`));
    const personal = ["2026-02-28", "2026-03-06", "2026-03-09", "2026-03-16"].map(
      (day) => `${day} slack:T1:U1`,
    );
    expect(seen.toSorted()).toEqual([...digests, ...personal].toSorted());
  }, 60_000);
});
