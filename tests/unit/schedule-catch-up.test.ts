import { describe, expect, test } from "vitest";
import { channel, cst, lines, rig, textOf } from "../support/year-rig.ts";

const SET = cst("2026-02-25 12:00");
const DAILY = { schedule: { kind: "cron", cron: "7 9 * * *" } } as const;

/** When something arrived, of ticks at these times. */
async function arrivals(
  { at }: Pick<Awaited<ReturnType<typeof rig>>, "at">,
  times: readonly string[],
): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const time of times) seen.push(...(await at(time)).map(() => time));
  return seen;
}

describe("missed while the program was down", () => {
  test("a few minutes late is on time", async () => {
    const { set, at } = await rig();
    await set("S-1", SET);
    const [digest] = await at("2026-03-02 09:16");
    expect(textOf(digest ?? expect.fail())).not.toContain("not running");
  });

  test("sent late once, and says so", async () => {
    const { set, at } = await rig();
    await set("S-1", SET);
    const [digest] = await at("2026-03-02 15:40");
    expect(textOf(digest ?? expect.fail())).toContain(
      "This was due on Mon 2 Mar 2026, 09:07 China Standard Time; Qushi was not running then.",
    );
    expect(await arrivals({ at }, ["2026-03-02 15:41", "2026-03-03 09:07", "2026-03-09 09:07"])).toEqual([
      "2026-03-09 09:07",
    ]);
  });

  test("at night it waits for 08:00", async () => {
    const { set, at } = await rig();
    await set("S-1", SET);
    const night = ["2026-03-02 20:00", "2026-03-02 23:59", "2026-03-03 03:00", "2026-03-03 07:59"];
    expect(await arrivals({ at }, [...night, "2026-03-03 08:00", "2026-03-03 08:01"])).toEqual([
      "2026-03-03 08:00",
    ]);
  });

  test("the hours are those of the channel, wherever the rule's clock hangs", async () => {
    const { set, at, settings } = await rig();
    await set("S-1", SET);
    await settings(channel("C1"), { zone: "America/Los_Angeles" });
    // 15:40 in Shanghai is 23:40 of the day before on the channel's clock; 08:00 there is midnight in Shanghai.
    expect(await arrivals({ at }, ["2026-03-02 15:40", "2026-03-02 23:59", "2026-03-03 00:00"])).toEqual([
      "2026-03-03 00:00",
    ]);
  });

  test("after 36 hours it is left to the next one, which tells both weeks", async () => {
    const { set, at } = await rig();
    await set("S-1", cst("2026-02-20 12:00"));
    expect(await at("2026-02-24 09:07")).toHaveLength(1);
    expect(await arrivals({ at }, ["2026-03-03 21:08", "2026-03-04 10:00"])).toEqual([]);
    const [digest] = await at("2026-03-09 09:07");
    expect(textOf(digest ?? expect.fail())).toContain("Changed since 24 Feb 2026");
  });

  test("exactly 36 hours is still in time, a minute more is not", async () => {
    const evening = { schedule: { kind: "cron", cron: "0 20 * * 1" } } as const;
    for (const [time, expected] of [
      ["2026-03-04 08:00", 1],
      ["2026-03-04 08:01", 0],
    ] as const) {
      const { set, at } = await rig();
      await set("S-1", SET, evening);
      expect(await at(time)).toHaveLength(expected);
    }
  });

  test("of several only the last comes, never a backlog", async () => {
    const { set, at } = await rig();
    await set("S-1", SET, DAILY);
    expect(await at("2026-02-26 09:07")).toHaveLength(1);
    expect(lines(await at("2026-03-04 10:00"))).toHaveLength(1);
    expect(await arrivals({ at }, ["2026-03-04 10:01", "2026-03-05 09:07"])).toEqual(["2026-03-05 09:07"]);
  });

  test("merge leaves it to the next, drop forgets it", async () => {
    const { set, at, store } = await rig();
    await set("S-1", cst("2026-02-20 12:00"), { missed: "merge" });
    await set("S-2", cst("2026-02-20 12:00"), { missed: "drop", to: channel("C2") });
    expect(await at("2026-02-24 09:07")).toHaveLength(2);
    expect(await at("2026-03-02 10:00")).toEqual([]);
    expect((await store.snapshot("S-2"))?.snapshot.takenAt).toEqual(cst("2026-03-02 10:00"));
    const texts = (await at("2026-03-09 09:07")).map(textOf);
    expect(texts[0]).toContain("Changed since 24 Feb 2026");
    expect(texts[1]).toContain("Changed since 2 Mar 2026");
  });

  test("nothing is made up for a rule that was set after the run", async () => {
    const { set, at } = await rig();
    const rule = await set("S-1", cst("2026-03-02 09:10"));
    expect(rule.nextAt).toEqual(cst("2026-03-09 09:07"));
    await set("S-2", cst("2026-03-02 09:10"), { to: channel("C2") });
    expect(await at("2026-03-02 09:12")).toEqual([]);
  });
});

describe("quiet hours", () => {
  const night = { from: "22:00", to: "10:30" };

  test("delay a digest, and it is on time when they end", async () => {
    const { set, at, settings } = await rig();
    await set("S-1", SET, { missed: "drop" });
    await settings(channel("C1"), { quiet: night });
    expect(await arrivals({ at }, ["2026-03-02 09:07", "2026-03-02 10:29"])).toEqual([]);
    const [digest] = await at("2026-03-02 10:30");
    expect(textOf(digest ?? expect.fail())).toContain("As of Mon 2 Mar 2026, 10:30");
    expect(textOf(digest ?? expect.fail())).not.toContain("not running");
    expect(await arrivals({ at }, ["2026-03-02 10:31", "2026-03-03 10:30"])).toEqual([]);
  });

  test("that begin before a run could be sent delay it too", async () => {
    const { set, at, settings } = await rig();
    await set("S-1", SET, { missed: "drop", schedule: { kind: "cron", cron: "58 21 * * 1" } });
    await settings(channel("C1"), { quiet: night });
    expect(await arrivals({ at }, ["2026-03-02 22:01", "2026-03-03 10:30"])).toEqual(["2026-03-03 10:30"]);
  });

  test("make one of all that fell into them", async () => {
    const { set, at, settings } = await rig();
    await set("S-1", SET, { schedule: { kind: "cron", cron: "7 * * * *" } });
    await settings(channel("C1"), { quiet: { from: "00:00", to: "08:00" } });
    const hours = Array.from({ length: 10 }, (_, hour) => `2026-03-03 0${hour}:07`);
    expect(await arrivals({ at }, [...hours.slice(0, 8), "2026-03-03 08:00", ...hours.slice(8)])).toEqual([
      "2026-03-03 08:00",
      "2026-03-03 08:07",
      "2026-03-03 09:07",
    ]);
  });

  test("narrow the hours in which a missed one may come", async () => {
    const { set, at, settings } = await rig();
    await set("S-1", SET);
    await settings(channel("C1"), { quiet: { from: "19:00", to: "09:30" } });
    const evening = ["2026-03-02 19:00", "2026-03-03 08:00", "2026-03-03 09:29"];
    expect(await arrivals({ at }, [...evening, "2026-03-03 09:30"])).toEqual(["2026-03-03 09:30"]);
  });

  test("that leave no hour for a missed one leave it to the next", async () => {
    const { set, at, settings } = await rig();
    await set("S-1", SET, { schedule: { kind: "cron", cron: "7 21 * * 1" } });
    await settings(channel("C1"), { quiet: { from: "07:00", to: "20:30" } });
    expect(
      await arrivals({ at }, [
        "2026-03-03 06:00",
        "2026-03-03 12:00",
        "2026-03-03 20:30",
        "2026-03-09 21:07",
      ]),
    ).toEqual(["2026-03-09 21:07"]);
  });
});
