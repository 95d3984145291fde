import { afterEach, describe, expect, test } from "vitest";
import { lanting } from "../support/books.ts";
import { buttonsIn } from "../support/fake-feishu-cards.ts";
import { FAKE_CHAT } from "../support/fake-feishu.ts";
import { cards, discussed, topicOf, type FeishuTopic } from "../support/fake-feishu-threads.ts";
import { ADMIN, feishuPerson, feishuWalk, MODES, type FeishuWalk } from "../support/fake-feishu-walk.ts";

const CHEN = feishuPerson("ou_chen");
const DAY = 86_400;
const READING = "填报 LT-004 8.2 EFLOPS 截至:2026-06-30 来源:https://data.lanting.example/06 级别:E3";
const EVIDENCE = "佐证 LT-004 https://news.lanting.example/dc 级别:E4";

let here: FeishuWalk | null = null;
afterEach(async () => {
  await here?.stop();
  here = null;
});

const containing = (text: string): unknown => expect.stringContaining(text);
const texts = ({ replies }: FeishuTopic): readonly string[] => replies().map(({ text }) => text);

describe.each(MODES)("over %s", (mode) => {
  async function start(): Promise<FeishuWalk> {
    here = await feishuWalk(mode, { dataset: lanting, admins: [ADMIN, CHEN] });
    return here;
  }

  test("after 14 days the state stands in the topic and is edited there, and after 14 more anew, in one topic", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    const topic = await discussed(walked, "LT-004");
    await pass(15 * DAY);
    await feishu.direct(READING);
    await pass(2);
    const isFace = (text: string): boolean => text.startsWith("讨论 · LT-004");
    const faces = () => topic.replies().filter(({ text }) => isFace(text));
    expect(topic.card()).toMatchObject({ edits: 0 });
    expect(faces()).toMatchObject([{ edits: 0, text: containing("8.2 EFLOPS") }]);
    await topic.mention("备注 已查无新");
    await pass(2);
    await topic.mention("异议 “算的是哪些机器？”");
    await pass(2);
    expect(faces()).toMatchObject([{ edits: 2, text: containing("哪些机器") }]);
    await pass(15 * DAY);
    await topic.mention("异议 结束 “只算自有的”");
    await pass(2);
    expect(faces()).toHaveLength(2);
    expect(faces().at(-1)?.text).toContain("异议的结束");
    expect(cards(feishu.posts(FAKE_CHAT), "LT-004")).toHaveLength(1);
    expect(await store.discussions("all")).toMatchObject([{ away: null }]);
  });

  test("in a group without topics its replies quote the card, and to quote the card is to speak in it", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    const chat = "oc_plain";
    feishu.addChat(chat, "no");
    const { card } = await discussed(walked, "LT-004", chat);
    await feishu.direct(READING);
    await pass(2);
    const quoting = () => feishu.posts(chat).filter(({ parent }) => parent === card().id);
    expect(quoting()).toMatchObject([{ thread: null, text: containing("8.2 EFLOPS") }]);
    const quote = { chat, quote: card().id };
    const told = await feishu.mention("佐证 https://news.lanting.example/dc 级别:E4", quote);
    expect(told.text).toContain("LT-004");
    // An answer of the bot's to the card is part of the same talk.
    const [event] = quoting();
    expect((await feishu.mention("备注 已查无新", { chat, quote: event?.id ?? "" })).text).toContain(
      "LT-004",
    );
    await pass(2);
    expect(card().text).toContain("news.lanting.example");
    expect(quoting()).toHaveLength(1);
    expect((await store.ledger(0, 10)).map(({ type }) => type)).toEqual(["reading", "evidence", "note"]);
    expect(await store.discussions("all")).toHaveLength(1);
  });

  test("in a group of topics the discussion is a topic of its own, whichever topic asked for it", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    const chat = "oc_topics";
    feishu.addChat(chat, "only");
    const asked = await feishu.mention("讨论 LT-004", { chat });
    expect(asked.thread).toBe(asked.parent);
    await pass(2);
    const topic = topicOf(walked, "LT-004", chat);
    expect(topic.card().thread).toBeNull();
    await topic.mention("备注 已查无新");
    await feishu.direct(READING);
    await pass(2);
    expect(texts(topic)).toEqual([containing("已查无新"), containing("8.2 EFLOPS")]);
    expect(await store.discussions("all")).toHaveLength(1);
  });

  test.each([
    [230011, "taken back"],
    [230110, "deleted"],
    [231003, "deleted, as older pages have it"],
  ] as const)(
    "a first message that is gone (%i, %s) is posted anew, and what was to be said is said below it",
    async (code, _what) => {
      const walked = await start();
      const { feishu, pass, store } = walked;
      const topic = await discussed(walked, "LT-004");
      await feishu.direct(READING);
      await pass(2);
      feishu.lose(topic.card(), code);
      await feishu.direct(EVIDENCE);
      await feishu.direct("评定 LT-004 推进中 理由:二期在建");
      await pass(2);
      const anew = topicOf(walked, "LT-004");
      expect(anew.card().id).not.toBe(topic.card().id);
      expect(cards(feishu.posts(FAKE_CHAT), "LT-004")).toHaveLength(1);
      expect(texts(anew).filter((text) => text.includes("news.lanting"))).toHaveLength(1);
      expect(anew.replies().filter(({ payload }) => buttonsIn(payload).includes("退回"))).toHaveLength(1);
      await anew.mention("备注 已查无新");
      await pass(2);
      expect((await store.ledger(0, 10)).at(-1)).toMatchObject({ type: "note", commitmentId: "LT-004" });
      expect(anew.card().text).toContain("待通过");
      expect(await store.discussions("all")).toMatchObject([{ away: null }]);
    },
  );

  test("a topic that is closed below a card that stands goes on below a new one, with the proposal that waits", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    const topic = await discussed(walked, "LT-004");
    await topic.mention(READING);
    await topic.mention(EVIDENCE);
    await topic.mention("评定 推进中 理由:二期在建");
    await pass(2);
    feishu.lose(topic.card(), 230019);
    await feishu.direct("备注 LT-004 已查无新");
    await pass(2);
    const anew = topicOf(walked, "LT-004");
    expect(anew.card().id).not.toBe(topic.card().id);
    expect(texts(anew).filter((text) => text.includes("已查无新"))).toHaveLength(1);
    const proposal = anew.replies().filter(({ payload }) => buttonsIn(payload).includes("退回"));
    expect(proposal).toHaveLength(1);
    await feishu.click(proposal[0] ?? anew.card(), "通过", { user: CHEN.id });
    await pass(2);
    expect((await store.ledger(0, 10)).at(-1)).toMatchObject({ type: "rating_approved" });
    expect(anew.replies().flatMap(({ payload }) => buttonsIn(payload))).not.toContain("退回");
    // Nothing goes round in circles.
    const before = feishu.calls.length;
    await pass(2);
    expect(feishu.calls.slice(before)).toEqual([]);
  });

  test("taken out, it leaves the group alone; taken in again the same card is brought up to date", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    const topic = await discussed(walked, "LT-004");
    await feishu.leave(FAKE_CHAT);
    const before = feishu.calls.length;
    await feishu.direct(READING);
    await pass(2);
    expect(feishu.calls.slice(before).filter(({ endpoint }) => endpoint === "update")).toEqual([]);
    expect(await store.discussions("all")).toMatchObject([{ away: "left" }]);
    await feishu.join(FAKE_CHAT);
    await feishu.redeliver();
    await pass(2);
    expect(topic.card().text).toContain("8.2 EFLOPS");
    expect(texts(topic).filter((text) => text.includes("8.2 EFLOPS"))).toHaveLength(1);
    expect(cards(feishu.posts(FAKE_CHAT), "LT-004")).toHaveLength(1);
  });

  test("a group that refuses it is left alone, until somebody asks for the discussion there", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    const topic = await discussed(walked, "LT-004");
    // "禁言": it has no permission to speak there.
    feishu.failNext("update", { code: 230035 });
    await feishu.direct(READING);
    await pass(2);
    expect(await store.discussions("all")).toMatchObject([{ away: containing("230035") }]);
    await feishu.mention("讨论 LT-004");
    await pass(2);
    expect(await store.discussions("all")).toMatchObject([{ away: null }]);
    expect(topic.card().text).toContain("8.2 EFLOPS");
    expect(cards(feishu.posts(FAKE_CHAT), "LT-004")).toHaveLength(1);
  });

  test("a renamed group keeps its topic, a disbanded one ends it, and the record stands", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    const topic = await discussed(walked, "LT-004");
    await feishu.rename(FAKE_CHAT, "另一个名字");
    await feishu.direct(READING);
    await pass(2);
    expect(topic.card().text).toContain("8.2 EFLOPS");
    await feishu.disband(FAKE_CHAT);
    await feishu.direct(EVIDENCE);
    const before = feishu.calls.length;
    await pass(2);
    expect(feishu.calls.slice(before)).toEqual([]);
    expect(await store.discussions("all")).toMatchObject([{ away: "gone" }]);
    expect(await store.ledger(0, 10)).toHaveLength(2);
  });

  test("many readings at once are few edits, within Feishu's limits", async () => {
    const walked = await start();
    const { feishu, pass } = walked;
    const topic = await discussed(walked, "LT-004");
    feishu.limits(true);
    const told = [81, 82, 83, 84, 85, 86, 87, 88].map((value) =>
      feishu.direct(READING.replace("8.2", String(value / 10)), {
        user: value % 2 === 0 ? ADMIN.id : CHEN.id,
      }),
    );
    await Promise.all(told);
    await pass(2);
    await pass(2);
    expect(topic.card().edits).toBeLessThanOrEqual(4);
    expect(topic.card().text).toMatch(/8\.\d EFLOPS/u);
    const said = texts(topic).join("\n");
    for (const value of ["8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "8.8"])
      expect(said.split(`填报 ${value} EFLOPS`)).toHaveLength(2);
  });
});
