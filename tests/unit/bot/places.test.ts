import { describe, expect, test } from "vitest";
import { directTo, type Address } from "../../../src/core/place.ts";
import { NO_SETTINGS } from "../../../src/core/subscription.ts";
import { renderText } from "../../../src/message/text.ts";
import { JULY } from "../../support/recorder.ts";
import { ADMIN, botRig, CHANNEL, CHEN, WANG, type BotRig } from "../../support/bot-rig.ts";

const MOVED: Address = { ...CHANNEL, to: { channel: "C2" } };

/** What waits to be sent, oldest first: to whom, and its words. */
async function told({ outbox }: BotRig, from = 0): Promise<readonly { to: Address["to"]; text: string }[]> {
  const rows = (await outbox()).toReversed().slice(from);
  return rows.map(({ delivery }) => ({
    to: delivery.to.to,
    text: "message" in delivery ? renderText(delivery.message, { columns: 1_000, colour: false }) : "",
  }));
}

describe("a channel that takes the bot in", () => {
  test("is greeted once for good, in its language, with three things to do", async () => {
    const rig = await botRig();
    await rig.store.commit({
      at: new Date(0),
      settings: [{ place: CHANNEL, settings: { ...NO_SETTINGS, lang: "en" } }],
    });
    await rig.place("joined");
    await rig.place("joined");
    await rig.place("left");
    await rig.place("joined");
    const [greeting, ...more] = await told(rig);
    expect(more).toEqual([]);
    expect(greeting?.to).toEqual({ channel: "C1" });
    const { commitments, districts } = rig.desk.book.dataset;
    expect(greeting?.text).toContain(`${commitments.length} commitments`);
    expect(greeting?.text).toContain(`${districts.length} districts`);
    expect(greeting?.text).toContain("Weekly digest here");
  });

  test("not again when the first greeting is long forgotten", async () => {
    const rig = await botRig();
    await rig.place("joined");
    const budgets = new Map([["slack", { place: [], all: [] }] as const]);
    for (const { delivery, lease } of await rig.store.claim({
      now: JULY,
      limit: 5,
      leaseMs: 60_000,
      budgets,
    }))
      await rig.store.settle(
        delivery.key,
        lease,
        { type: "sent", ref: { address: CHANNEL, id: "1" } },
        { at: JULY },
      );
    await rig.store.prune(new Date(JULY.getTime() + 400 * 86_400_000));
    expect(await rig.outbox()).toEqual([]);
    await rig.place("joined");
    expect(await rig.outbox()).toEqual([]);
  });

  test("the lines of the greeting do what they say, in both languages", async () => {
    for (const lang of ["zh", "en"] as const) {
      const rig = await botRig();
      await rig.store.commit({
        at: new Date(0),
        settings: [{ place: CHANNEL, settings: { ...NO_SETTINGS, lang } }],
      });
      await rig.place("joined");
      const [row] = await rig.outbox();
      const blocks = row !== undefined && "message" in row.delivery ? row.delivery.message.blocks : [];
      const runs = blocks.flatMap((block) =>
        block.type === "buttons" ? block.buttons.flatMap((each) => ("run" in each ? [each.run] : [])) : [],
      );
      const answers = [];
      for (const run of runs) answers.push(await rig.line(run, { via: "click", actor: WANG }));
      expect(answers[0]?.text).toContain("LT-");
      expect(await rig.store.subscriptions({ place: CHANNEL })).toMatchObject([
        { kind: "digest", owner: WANG, schedule: { cron: "7 9 * * 1" } },
      ]);
      expect(answers).toHaveLength(3);
      expect(answers.map((each) => each?.text).join()).not.toMatch(/problem|unknown_/u);
    }
  });

  test("somebody's direct messages are greeted once too, without a digest to set", async () => {
    const rig = await botRig();
    await rig.place("joined", { place: directTo(WANG), actor: WANG });
    await rig.place("joined", { place: directTo(WANG), actor: WANG });
    const all = await told(rig);
    expect(all.map(({ to }) => to)).toEqual([{ person: "U1" }]);
    expect(all[0]?.text).not.toContain("周报");
    expect(rig.logged.join()).not.toContain("U1");
  });
});

describe("a place that is lost", () => {
  test.each(["left", "gone"] as const)(
    "%s: its rules are held, each owner is told, one time",
    async (what) => {
      const rig = await botRig();
      await rig.line("周报 设置 每周一 9:07", { actor: WANG });
      await rig.line("订阅 区:澜汀 提前:7天", { actor: CHEN });
      const before = (await rig.outbox()).length;
      await rig.place(what, { id: "x" });
      await rig.place(what, { id: "x" });
      const rules = await rig.store.subscriptions({ place: CHANNEL });
      expect(rules.map(({ paused, nextAt }) => [paused, nextAt])).toEqual([
        [what, null],
        [what, null],
      ]);
      const notes = await told(rig, before);
      expect(notes.map(({ to }) => to)).toEqual([{ person: "U1" }, { person: "U2" }]);
      expect(notes[0]?.text).toContain("周报 恢复");
      expect(notes[1]?.text).toContain("取消静音");
      const [row] = await rig.store.audit(1);
      expect(row).toMatchObject({ what: `place ${what}`, actor: null, detail: "S-1,S-2 · paused" });
    },
  );

  test("an event that comes again does not hold what somebody has resumed since", async () => {
    const rig = await botRig();
    await rig.line("周报 设置 每周一 9:07", { actor: WANG });
    await rig.place("left", { id: "x" });
    await rig.line("周报 恢复", { actor: WANG });
    await rig.place("left", { id: "x" });
    expect(await rig.store.subscriptions({ place: CHANNEL })).toMatchObject([{ paused: null }]);
  });

  test("what somebody holds by hand stays as it is, and a place without rules changes nothing", async () => {
    const rig = await botRig();
    await rig.place("gone");
    expect(await rig.store.audit(5)).toEqual([]);
    await rig.line("周报 设置 每周一 9:07", { actor: WANG });
    await rig.line("周报 暂停", { actor: WANG });
    await rig.place("left");
    expect(await rig.store.subscriptions({ place: CHANNEL })).toMatchObject([{ paused: "by hand" }]);
    await rig.place("joined");
    expect((await told(rig)).at(-1)?.text).toContain("我是区势");
  });

  test("coming back tells each time how its rules go on, and the lines work", async () => {
    const rig = await botRig();
    await rig.line("周报 设置 每周一 9:07", { actor: WANG });
    await rig.line("订阅 区:澜汀 提前:7天", { actor: CHEN });
    await rig.place("left");
    const before = (await rig.outbox()).length;
    await rig.place("joined", { id: "back-1" });
    await rig.place("joined", { id: "back-1" });
    const [note, ...more] = await told(rig, before);
    expect(more).toEqual([]);
    expect(note?.to).toEqual({ channel: "C1" });
    const lines = [...(note?.text ?? "").matchAll(/`([^`]+)`/gu)].map(([, line = ""]) => line);
    expect(lines).toEqual(["周报 恢复", "取消静音 S-2"]);
    for (const line of lines) await rig.line(line, { actor: WANG });
    const rules = await rig.store.subscriptions({ place: CHANNEL });
    expect(rules.map(({ paused, nextAt }) => [paused, nextAt === null])).toEqual([
      [null, false],
      [null, false],
    ]);
  });
});

test("a place that gets another id takes its rules and settings along", async () => {
  const rig = await botRig();
  await rig.line("周报 设置 每周一 9:07", { actor: WANG });
  await rig.line("设置 静默:22:00-08:00", { actor: WANG });
  await rig.place("moved", { to: MOVED, id: "x" });
  await rig.place("moved", { to: MOVED, id: "x" });
  expect(await rig.store.subscriptions({ place: CHANNEL })).toEqual([]);
  const [rule] = await rig.store.subscriptions({ place: MOVED });
  expect(rule).toMatchObject({ id: "S-1", paused: null, to: MOVED });
  expect(rule?.nextAt).not.toBeNull();
  expect((await rig.store.settings(MOVED))?.quiet).toEqual({ from: "22:00", to: "08:00" });
  expect(await rig.store.audit(1)).toMatchObject([{ what: "place moved", detail: "to slack:T1:C2 · S-1" }]);
});

test("a new name, an archive undone and what people say to each other change nothing", async () => {
  const rig = await botRig();
  await rig.line("周报 设置 每周一 9:07", { actor: WANG });
  const before = await rig.store.subscriptions("all");
  const sent = (await rig.outbox()).length;
  await rig.place("renamed");
  await rig.place("back");
  expect(await rig.store.subscriptions("all")).toEqual(before);
  expect(await rig.outbox()).toHaveLength(sent);
  expect(ADMIN.id).not.toBe(WANG.id);
});
