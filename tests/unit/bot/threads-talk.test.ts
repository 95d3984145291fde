import { describe, expect, test } from "vitest";
import { discussionName } from "../../../src/core/discussion.ts";
import { LINK_LIMIT } from "../../../src/commands/link.ts";
import type { Person } from "../../../src/core/place.ts";
import { ADMIN, CHANNEL, CHEN, WANG } from "../../support/bot-rig.ts";
import { inThread, LATER, threadRig, type Arrived, type ThreadRig } from "../../support/thread-rig.ts";

const ID = "LT-004";
const SITE = "https://data.lanting.example";

async function discussing(rig: ThreadRig) {
  const thread = await rig.open(ID);
  const talk = (text: string, how: Partial<Parameters<ThreadRig["talk"]>[1]> = {}) =>
    rig.talk(text, { address: thread, ...how });
  const name = discussionName(await rig.discussion(ID));
  const counted = async (since: string | null = null) =>
    (await rig.store.talk(CHANNEL, since)).get(name) ?? null;
  /** The links that were offered meanwhile, and the message of each. */
  const offered = async (): Promise<readonly Arrived[]> =>
    (await rig.settle()).filter(({ key }) => key.startsWith("l:"));
  return { thread, talk, counted, offered };
}

function runOf({ buttons }: Arrived, label: RegExp): string {
  const button = buttons.find((each) => label.test(each.label));
  if (button === undefined || !("run" in button)) throw new Error(`no button ${label.source}`);
  return button.run;
}

describe("replies are counted", () => {
  test("by person, what was said and what was said to the bot, each once however often it comes", async () => {
    const rig = await threadRig();
    const { thread, talk, counted } = await discussing(rig);
    expect(await counted()).toBeNull();
    await talk("年底能到吗？", { id: "m1" });
    await talk("年底能到吗？", { id: "m1" });
    await talk("难说", { actor: CHEN });
    const say = inThread(rig, thread);
    await say("备注 已问", { id: "m2" });
    expect(await say("备注 已问", { id: "m2" })).toBeNull();
    await say("看板", { id: "m3" });
    expect(await counted()).toMatchObject({ replies: 4, people: 2 });
    expect((await rig.line(`show ${ID}`))?.text).toContain("4 replies by 2 people");
    expect((await rig.line(`详情 ${ID}`))?.text).toMatch(
      /讨论：本频道的话题 https:\/\/\S+，4 条回复（2 人）/u,
    );
    // Of another commitment, and in another channel, there is no thread to tell of.
    expect((await rig.line("详情 QH-002"))?.text).not.toContain("本频道的话题");
    const elsewhere = { ...CHANNEL, to: { channel: "C2" } };
    const shown = await rig.line(`详情 ${ID}`, { place: elsewhere, address: elsewhere });
    expect(shown?.text).not.toContain("本频道的话题");
    // A click is no reply, and a line elsewhere is none of this thread.
    await say(`show ${ID}`, { via: "click" });
    await rig.line(`备注 ${ID} 在频道里说`);
    expect(await counted()).toMatchObject({ replies: 4, people: 2 });
  });

  test("on the day on which they were written, however late they come, and without their links", async () => {
    const rig = await threadRig();
    const { talk, counted, offered } = await discussing(rig);
    rig.goTo(3 * 24 * 60);
    await talk(`看 ${SITE}/late`, { at: LATER(5) });
    expect(await counted("2026-07-03")).toBeNull();
    expect(await counted("2026-07-02")).toEqual({ replies: 1, people: 1, lastAt: LATER(5) });
    expect(await offered()).toEqual([]);
  });

  test("nowhere but in discussions", async () => {
    const rig = await threadRig();
    const { counted, talk, offered } = await discussing(rig);
    await talk(`${SITE}/x`, { address: { ...CHANNEL, thread: "99.9" } });
    await talk(`${SITE}/x`, { address: { ...CHANNEL, to: { channel: "C2" } } });
    expect(await counted()).toBeNull();
    expect(await offered()).toEqual([]);
  });

  test("not at all where the bot does not read along, and the card says nothing of them", async () => {
    const rig = await threadRig({ reads: false });
    const { thread, talk, counted } = await discussing(rig);
    await talk("年底能到吗？");
    await inThread(rig, thread)("备注 已问");
    expect(await counted()).toBeNull();
    expect((await rig.line(`详情 ${ID}`))?.text).toMatch(/讨论：本频道的话题 https:\/\/\S+\n/u);
  });
});

describe("a link", () => {
  test("is offered once for each discussion, quietly, in the thread", async () => {
    const rig = await threadRig();
    const { thread, talk, offered } = await discussing(rig);
    await talk(`看这个：${SITE}/a。`);
    const [offer, ...more] = await offered();
    expect(more).toEqual([]);
    expect(offer).toMatchObject({ thread: thread.thread, act: "post" });
    expect(offer?.text).toContain("data.lanting.example/a");
    expect(offer?.buttons.map(({ label }) => label.slice(0, 2))).toEqual([
      "E1",
      "E2",
      "E3",
      "E4",
      "E5",
      "不用",
    ]);
    await talk(`${SITE}/a 再看一次`, { actor: CHEN });
    expect(await offered()).toEqual([]);
    const other = await rig.open("QH-002");
    await rig.talk(`${SITE}/a`, { address: other });
    expect(await offered()).toHaveLength(1);
  });

  test("that the record has already is not offered", async () => {
    const rig = await threadRig();
    const { talk, offered } = await discussing(rig);
    await rig.line(`佐证 ${ID} ${SITE}/known 级别:E2`);
    await talk(`${SITE}/known`);
    expect(await offered()).toEqual([]);
  });

  test("is one of at most three of a message, and each is named", async () => {
    const rig = await threadRig();
    const { talk, offered } = await discussing(rig);
    await talk(["a", "b", "a", "c", "d"].map((page) => `${SITE}/${page}`).join(" "));
    const texts = (await offered()).map(({ text }) => text);
    expect(texts).toHaveLength(3);
    expect(texts.every((text, at) => text.includes(`data.lanting.example/${"abc".at(at) ?? ""}`))).toBe(true);
  });

  test.each([
    ["看这个：https://x.example/a。", ["https://x.example/a"]],
    [
      "（见https://x.example/a），还有【https://x.example/b】、“https://x.example/c”",
      ["https://x.example/a", "https://x.example/b", "https://x.example/c"],
    ],
    ["see (https://x.example/a), really!", ["https://x.example/a"]],
    ["HTTPS://X.EXAMPLE/A?b=1&c=2#d…", ["HTTPS://X.EXAMPLE/A?b=1&c=2#d"]],
    ["<https://x.example/a>", ["https://x.example/a"]],
    ["javascript:alert(1) data:text/html,x file:///etc/passwd mailto:a@x.example ftp://x.example/a", []],
    ["https://wang:secret@x.example/a", []],
    ["https:// http://。 https://[::bad", []],
    [`https://x.example/${"a".repeat(LINK_LIMIT)}`, []],
    ["x.example/a 或 www.x.example", []],
    ["没有链接", []],
    ["", []],
  ])("as it is typed: %s", async (text, links) => {
    const rig = await threadRig();
    const { talk, offered } = await discussing(rig);
    await talk(text);
    const urls = await Promise.all(
      (await offered()).map(async ({ key }) => (await rig.store.offer(key.slice(2)))?.url),
    );
    expect(urls).toEqual(links);
  });

  test("kept by another names who posted it and where, and the store has nothing of what was said", async () => {
    const rig = await threadRig();
    const { thread, talk, offered } = await discussing(rig);
    await talk(`悄悄话一二三 ${SITE}/a 只说给你们听`, { id: "whisper", actor: { ...WANG, id: "U5" } });
    const [offer] = await offered();
    if (offer === undefined) throw new Error("no offer");
    const answered = await inThread(rig, thread, CHEN)(runOf(offer, /^E3/u), { via: "click" });
    expect(answered?.text).toContain("E3");
    const [kept] = rig.entries(ID);
    const poster = await rig.store.personKey({ ...WANG, id: "U5" });
    expect(kept).toMatchObject({
      type: "evidence",
      actorKey: await rig.store.personKey(CHEN),
      data: {
        url: `${SITE}/a`,
        level: "E3",
        note: null,
        posted: { by: poster, where: "https://chat.lanting.example/whisper" },
      },
    });
    expect((await rig.line(`历程 ${ID}`))?.text).toMatch(/slack:T1:U2：.*slack:T1:U5 贴出/u);
    const everything = await rig.dump();
    expect(everything.includes(`${SITE}/a`)).toBe(true);
    expect(everything.includes("悄悄话")).toBe(false);
    expect(everything.includes("只说给你们听")).toBe(false);
    // By whoever else clicks it is the same link again, which the record has.
    await talk(`${SITE}/a`, { actor: CHEN });
    expect(await offered()).toEqual([]);
  });

  test("kept by two at once is kept once, and the second is told by whom; taken back, it may be kept anew", async () => {
    const rig = await threadRig();
    const { thread, talk, offered } = await discussing(rig);
    await talk(`${SITE}/a`);
    const [offer] = await offered();
    if (offer === undefined) throw new Error("no offer");
    const click = (actor: Person, level: RegExp) =>
      inThread(rig, thread, actor)(runOf(offer, level), { via: "click" });
    const answers = await Promise.all([click(CHEN, /^E3/u), click(WANG, /^E4/u)]);
    expect(rig.entries(ID)).toHaveLength(1);
    expect(answers.filter((each) => each?.text.includes("已经记作佐证"))).toHaveLength(1);
    expect((await click(ADMIN, /^E1/u))?.text).toMatch(/已经记作佐证：E[34] · slack:T1:U[12] 2026-07-02/u);
    await inThread(rig, thread, ADMIN)("撤销 #1 理由:贴错了");
    await click(CHEN, /^E2/u);
    expect(rig.entries(ID).map(({ type }) => type)).toEqual(["evidence", "undo", "evidence"]);
  });

  test("is kept by those only who may, each time it is clicked", async () => {
    const rig = await threadRig();
    const { thread, talk, offered } = await discussing(rig);
    await talk(`${SITE}/a`);
    const [offer] = await offered();
    if (offer === undefined) throw new Error("no offer");
    const refused = await inThread(rig, thread, { ...WANG, id: "U7" })(runOf(offer, /^E2/u), {
      via: "click",
    });
    expect(refused?.text).toContain("needs_role");
    expect(refused).toMatchObject({ audience: "caller" });
    expect(rig.entries(ID)).toEqual([]);
    expect((await rig.store.audit(5)).find(({ what }) => what === "evidence")).toMatchObject({
      outcome: "refused",
    });
  });

  test("is let be by “no”, which writes nothing", async () => {
    const rig = await threadRig();
    const { thread, talk, offered } = await discussing(rig);
    await talk(`${SITE}/a`);
    const [offer] = await offered();
    if (offer === undefined) throw new Error("no offer");
    const answered = await inThread(rig, thread)(runOf(offer, /不用/u), { via: "click" });
    expect(answered?.text).toBe("没有记为佐证。");
    expect(rig.entries(ID)).toEqual([]);
    expect(await rig.settle()).toEqual([]);
  });

  test("whose offer is long forgotten is asked for", async () => {
    const rig = await threadRig();
    const { thread, talk, offered } = await discussing(rig);
    await talk(`${SITE}/a`);
    const [offer] = await offered();
    if (offer === undefined) throw new Error("no offer");
    rig.goTo(91 * 24 * 60);
    await rig.store.prune(LATER(91 * 24 * 60));
    const answered = await inThread(rig, thread, ADMIN)(runOf(offer, /^E2/u), { via: "click" });
    expect(answered?.text).toContain("missing_part");
    expect(answered?.form?.fields.map(({ name }) => name)).toContain("link");
    expect(rig.entries(ID)).toEqual([]);
  });
});
