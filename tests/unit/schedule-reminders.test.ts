import { describe, expect, test } from "vitest";
import { channel, cst, lines, person, REMINDERS, rig, textOf } from "../support/year-rig.ts";

const SET = cst("2026-02-09 08:00");

async function told(
  { at }: Pick<Awaited<ReturnType<typeof rig>>, "at">,
  days: readonly string[],
): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const day of days) seen.push(...lines(await at(`${day} 09:07`)));
  return seen.map((line) => `${line.slice(5, 10)} ${line.match(/(?:[A-Z]{2}-\d{3},?)+$/u)?.[0] ?? ""}`);
}

describe("reminders of a channel", () => {
  test("come 30, 7 and 1 days before, and once when the date has passed", async () => {
    const { set, at } = await rig();
    await set("S-1", SET, { ...REMINDERS, filter: [{ key: "district", negated: false, values: ["BT"] }] });
    const days = Array.from({ length: 31 }, (_, day) => `2026-03-${String(day + 1).padStart(2, "0")}`);
    expect(await told({ at }, ["2026-02-27", "2026-02-28", ...days])).toEqual([
      "02-28 BT-001",
      "03-06 BT-001",
      "03-09 BT-001",
      "03-31 BT-002",
    ]);
  });

  test("lose none that fell into days when the program was down", async () => {
    const { set, at } = await rig();
    await set("S-1", SET, REMINDERS);
    expect(await told({ at }, ["2026-02-13"])).toEqual(["02-13 DK-001"]);
    // Down from 14 February to 2 March, and too late to make up for what was missed.
    const [reminder] = await at("2026-03-02 09:07");
    expect(lines(reminder === undefined ? [] : [reminder])).toEqual([
      "2026-03-02 Mon 09:07 slack:T1:C1 Due-date reminder · 3 commitments DK-001,BT-001,DK-002",
    ]);
    expect(await told({ at }, ["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"])).toEqual([
      "03-06 BT-001",
    ]);
  });

  test("count the days from when they are read", async () => {
    const { set, at, settings } = await rig();
    await set("S-1", SET, { ...REMINDERS, schedule: { kind: "cron", cron: "7 23 * * *" } });
    await settings(channel("C1"), { quiet: { from: "22:00", to: "07:00" } });
    expect(await at("2026-02-13 23:07")).toEqual([]);
    const [reminder] = await at("2026-02-14 07:00");
    expect(textOf(reminder ?? expect.fail())).toContain("(in 6 days)");
    expect(textOf(reminder ?? expect.fail())).toContain("(in 30 days)");
  });

  test("begin with the day on which the rule was set", async () => {
    const { set, at } = await rig();
    await set("S-1", cst("2026-02-13 15:00"), REMINDERS);
    const [reminder] = await at("2026-02-14 09:07");
    expect(lines([reminder ?? expect.fail()])[0]).toMatch(/DK-001,DK-002$/u);
  });

  test("go on when the clock was ahead for a while", async () => {
    const { set, at } = await rig();
    await set("S-1", SET, REMINDERS);
    expect(await at("2026-10-09 09:07")).toHaveLength(1);
    expect(await told({ at }, ["2026-02-12", "2026-02-13", "2026-02-14"])).toEqual([
      "02-13 DK-001",
      "02-14 DK-002",
    ]);
  });
});

describe("personal reminders", () => {
  const to = person("U1");
  const both = [
    { ...REMINDERS, to, filter: [{ key: "district", negated: false, values: ["DK"] }] },
    {
      ...REMINDERS,
      to,
      filter: [{ key: "district", negated: false, values: ["BT"] }],
      schedule: { kind: "cron", cron: "5 17 * * *" },
    },
  ] as const;

  test("come as one message a day, however many rules and times there are", async () => {
    const { set, at, store } = await rig();
    await set("S-1", SET, both[0]);
    await set("S-2", SET, both[1]);
    await set("S-3", SET, { ...REMINDERS, to: person("U2") });
    const arrived = await at("2026-03-09 09:07");
    expect(lines(arrived)).toEqual([
      "2026-03-09 Mon 09:07 slack:T1:U1 Due-date reminder · 3 commitments DK-001,DK-002,BT-001",
      "2026-03-09 Mon 09:07 slack:T1:U2 Due-date reminder · 3 commitments DK-001,BT-001,DK-002",
    ]);
    expect(textOf(arrived[0] ?? expect.fail())).toContain("Rule S-2 (district:Beitang)");
    expect(await at("2026-03-09 17:05")).toEqual([]);
    expect((await store.subscription("S-2"))?.nextAt).toEqual(cst("2026-03-10 17:05"));
  });

  test("a day without a message stays free for the rules that run later", async () => {
    const { set, at } = await rig();
    await set("S-1", SET, both[0]);
    expect(await at("2026-02-28 09:07")).toHaveLength(1);
    expect(await at("2026-03-06 09:07")).toEqual([]);
    await set("S-2", cst("2026-03-06 12:00"), both[1]);
    expect(lines(await at("2026-03-06 17:05"))[0]).toMatch(/BT-001$/u);
  });

  test("what was set after the day's message comes with the next day's", async () => {
    const { set, at } = await rig();
    await set("S-1", SET, both[0]);
    expect(await at("2026-02-13 09:07")).toHaveLength(1);
    const sevenDays = {
      ...REMINDERS,
      to,
      before: [16],
      schedule: { kind: "cron", cron: "5 17 * * 5" },
    } as const;
    // BT-001 is due in 22 days; a rule of 22 days that runs on Fridays only.
    await set("S-2", cst("2026-02-13 12:00"), { ...sevenDays, before: [22] });
    expect(await at("2026-02-13 17:05")).toEqual([]);
    expect(lines(await at("2026-02-14 08:00"))[0]).toMatch(/DK-002,BT-001$/u);
    expect(await at("2026-02-14 09:07")).toEqual([]);
  });

  test("what was put off to the next day comes with an earlier message of that day", async () => {
    const { set, at } = await rig();
    const early = { ...both[0], schedule: { kind: "cron", cron: "30 7 * * *" } } as const;
    await set("S-1", SET, early);
    expect(await at("2026-02-13 07:30")).toHaveLength(1);
    await set("S-2", cst("2026-02-13 12:00"), {
      ...both[1],
      before: [22],
      schedule: { kind: "cron", cron: "5 17 * * 5" },
    });
    expect(await at("2026-02-13 17:05")).toEqual([]);
    expect(lines(await at("2026-02-14 07:30"))[0]).toMatch(/DK-002,BT-001$/u);
    expect(await at("2026-02-14 08:00")).toEqual([]);
  });

  test("are sent once by two replicas", async () => {
    const { set, tick, replica, store } = await rig();
    await set("S-1", SET, both[0]);
    await set("S-2", SET, both[1]);
    const now = cst("2026-02-13 09:07");
    expect((await Promise.all([tick(now), replica()(now)])).reduce((a, b) => a + b)).toBe(1);
    expect(await store.outbox({ states: ["waiting"], limit: 10 })).toHaveLength(1);
  });
});

describe("a muted rule", () => {
  test("is silent until its day, and then tells what it kept", async () => {
    const { set, at, store } = await rig();
    await set("S-1", SET, { ...REMINDERS, muted: { until: "2026-03-09" } });
    await set("S-2", SET, { muted: { until: "2026-03-10" } });
    expect(
      await told({ at }, ["2026-02-13", "2026-02-14", "2026-02-24", "2026-03-02", "2026-03-06"]),
    ).toEqual([]);
    expect(await told({ at }, ["2026-03-09"])).toEqual(["03-09 DK-001,BT-001,DK-002"]);
    expect((await store.subscription("S-1"))?.muted).toBeNull();
    expect((await store.subscription("S-2"))?.muted).toEqual({ until: "2026-03-10" });
    expect(await told({ at }, ["2026-03-16"])).toHaveLength(2);
  });

  test("until data is out wakes on the first reading after", async () => {
    const { set, at, read, store } = await rig();
    const filter = [{ key: "district", negated: false, values: ["BT"] }] as const;
    await read("BT-001", cst("2026-02-10 10:00"));
    await set("S-1", SET, { filter, muted: { dataAfter: cst("2026-02-11 09:00") } });
    expect(await at("2026-02-24 09:07")).toEqual([]);
    await read("DK-003", cst("2026-02-25 10:00"));
    expect(await at("2026-03-02 09:07")).toEqual([]);
    await read("BT-001", cst("2026-03-05 10:00"));
    expect(await at("2026-03-09 09:07")).toHaveLength(1);
    expect((await store.subscription("S-1"))?.muted).toBeNull();
    expect(await at("2026-03-16 09:07")).toHaveLength(1);
  });
});
