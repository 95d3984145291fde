import { afterEach, describe, expect, test } from "vitest";
import { lanting } from "../support/books.ts";
import { buttonsIn } from "../support/fake-feishu-cards.ts";
import { FAKE_CHAT } from "../support/fake-feishu.ts";
import { aloud, cards, discussed, topicOf } from "../support/fake-feishu-threads.ts";
import { ADMIN, feishuPerson, feishuWalk, MODES, type FeishuWalk } from "../support/fake-feishu-walk.ts";

const CHEN = feishuPerson("ou_chen");
const OTHER = "oc_othergroup";
const LANGS = ["zh", "en"] as const;
const READING = "填报 LT-004 8.2 EFLOPS 截至:2026-06-30 来源:https://data.lanting.example/06 级别:E3";

let here: FeishuWalk | null = null;
afterEach(async () => {
  await here?.stop();
  here = null;
});

const WORDS = {
  zh: { line: "讨论 LT-004", show: "详情 LT-004", button: "讨论", opening: /马上在下面打开/u, open: /已有/u },
  en: {
    line: "discuss LT-004",
    show: "show LT-004",
    button: "Discuss",
    opening: /opens below/u,
    open: /already/u,
  },
} as const;

describe.each(MODES)("over %s", (mode) => {
  async function start(lang: "zh" | "en" = "zh"): Promise<FeishuWalk> {
    here = await feishuWalk(mode, { dataset: lanting, admins: [ADMIN, CHEN] });
    here.feishu.addChat(OTHER);
    if (lang === "en") await here.feishu.mention("settings lang:en");
    return here;
  }

  describe.each(LANGS)("in %s", (lang) => {
    const { line, show, button, opening, open } = WORDS[lang];
    const doors = {
      mention: async ({ feishu }: FeishuWalk) => (await feishu.mention(line)).text,
      slash: async ({ feishu }: FeishuWalk) => (await feishu.mention(`/qushi ${line}`)).text,
      button: async ({ feishu }: FeishuWalk) =>
        (await feishu.click(await feishu.mention(show), button)).shown,
    } as const;

    test.each(["mention", "slash", "button"] as const)(
      "by %s the first call opens the topic below, every later one says that it is there",
      async (door) => {
        const walked = await start(lang);
        const { feishu, pass, store } = walked;
        expect(await doors[door](walked)).toMatch(opening);
        await pass(2);
        await feishu.redeliver();
        for (const other of ["mention", "slash", "button"] as const)
          expect(await doors[other](walked)).toMatch(open);
        await pass(2);
        expect(cards(feishu.posts(FAKE_CHAT), "LT-004")).toHaveLength(1);
        expect(await store.discussions("all")).toMatchObject([{ commitmentId: "LT-004", away: null }]);
        // In direct messages there is no topic to open.
        expect((await feishu.direct(line)).text).toContain(line);
        expect(await store.discussions("all")).toHaveLength(1);
      },
    );

    const lines = {
      zh: [
        "填报 8.2 EFLOPS 截至:2026-06-30 来源:https://data.lanting.example/06 级别:E3",
        "佐证 https://news.lanting.example/dc 级别:E4 “机房照片”",
        "异议 “算的是哪些机器？”",
        "评定 推进中 理由:二期在建",
        "备注 已查无新",
        "结束讨论 “以区政务和数据局口径为准”",
      ],
      en: [
        "reading 8.2 EFLOPS as-of:2026-06-30 source:https://data.lanting.example/06 level:E3",
        'evidence https://news.lanting.example/dc level:E4 "photos of the halls"',
        'dispute "which machines count?"',
        'rate in_progress reason:"second phase under way"',
        "note checked, nothing new",
        'resolve "the data bureau\'s figures count"',
      ],
    } as const;
    test("in the topic the id is implied: each is recorded and answered there once, and the card is edited", async () => {
      const walked = await start(lang);
      const { feishu, pass, store } = walked;
      const topic = await discussed(walked, "LT-004");
      await topic.mention("settings echo:none");
      const before = aloud(feishu.posts(FAKE_CHAT));
      const receipts: string[] = [];
      for (const typed of lines[lang]) {
        const told = await topic.mention(typed);
        expect(told, typed).toMatchObject({ thread: topic.card().id });
        expect(told.text).toContain("LT-004");
        receipts.push(told.id);
        await pass(2);
      }
      const entries = await store.ledger(0, 10);
      expect(entries.map(({ type }) => type)).toEqual([
        "reading",
        "evidence",
        "dispute_opened",
        "rating_proposed",
        "note",
        "discussion_resolved",
      ]);
      for (const { from } of entries) expect(from.address).toMatchObject({ thread: topic.card().id });
      const unasked = topic.replies().filter(({ id }) => !receipts.includes(id));
      // The settings' answer, and the card of the proposal.
      expect(unasked).toHaveLength(2);
      expect(buttonsIn(unasked.at(-1)?.payload)).toHaveLength(2);
      expect(aloud(feishu.posts(FAKE_CHAT))).toEqual(before);
      for (const said of ["8.2 EFLOPS", lang === "zh" ? "口径为准" : "figures count"])
        expect(topic.card().text).toContain(said);
      const patched = feishu.calls.filter(({ endpoint }) => endpoint === "update");
      expect(patched.length).toBeGreaterThan(0);
      expect(patched.every(({ path }) => path.endsWith(topic.card().id))).toBe(true);
    });
  });

  test("two who open it at once, and the same mention again under another id, open one", async () => {
    const { feishu, pass, store } = await start();
    const both = await Promise.all([
      feishu.mention("讨论 LT-004"),
      feishu.mention("discuss LT-004", { user: CHEN.id }),
    ]);
    await feishu.redeliver({ newMessageId: true });
    await pass(2);
    expect(
      both.filter(({ text }) => WORDS.zh.opening.test(text) || WORDS.en.opening.test(text)),
    ).toHaveLength(1);
    expect(cards(feishu.posts(FAKE_CHAT), "LT-004")).toHaveLength(1);
    expect(await store.discussions("all")).toHaveLength(1);
  });

  test("what is recorded elsewhere comes as a reply and stands in the card, in each group once", async () => {
    const walked = await start();
    const { feishu, pass } = walked;
    const topic = await discussed(walked, "LT-004");
    const other = await discussed(walked, "LT-004", OTHER);
    await feishu.direct(READING);
    await pass(2);
    await other.mention("佐证 https://news.lanting.example/dc 级别:E4");
    await pass(2);
    expect(topic.replies().map(({ text }) => text)).toEqual([
      expect.stringMatching(/@ou_fakeperson 填报 8\.2 EFLOPS/u),
      expect.stringMatching(/news\.lanting\.example/u),
    ]);
    for (const { card } of [topic, other]) expect(card().text).toContain("8.2 EFLOPS");
    // Over there its author was answered.
    expect(other.replies().filter(({ text }) => text.includes("news.lanting"))).toHaveLength(1);
  });

  test("a button on the first card opens its form in the topic, and what was filled in is said there once", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    const topic = await discussed(walked, "LT-004");
    for (const [label, values] of [
      [
        "填报",
        { value: "8.2", "as-of": "2026-06-30", level: "E3", source: "https://data.lanting.example/06" },
      ],
      ["佐证", { link: "https://news.lanting.example/dc", level: "E4" }],
    ] as const) {
      const { reply } = await feishu.click(topic.card(), label);
      if (reply === null) throw new Error("no form");
      expect(reply.thread).toBe(topic.card().id);
      expect((await feishu.submit(reply, values)).answer).toMatchObject({ card: { type: "raw" } });
      await pass(2);
    }
    const entries = await store.ledger(0, 10);
    expect(entries.map(({ type }) => type)).toEqual(["reading", "evidence"]);
    for (const { from } of entries) expect(from.address.thread).toBe(topic.card().id);
    expect(topic.replies()).toHaveLength(2);
  });

  test("every button in a topic carries its commitment and the topic that it stands in", async () => {
    const walked = await start();
    const { feishu, pass } = walked;
    feishu.scopes.add("im:message.group_msg");
    const topic = await discussed(walked, "LT-004");
    await topic.talk("https://news.lanting.example/other");
    await topic.mention("填报");
    await topic.mention("历程");
    await topic.mention(READING.replace("LT-004 ", ""));
    await topic.mention("佐证 https://news.lanting.example/dc 级别:E4");
    await topic.mention("评定 推进中 理由:二期在建");
    await pass(2);
    for (const { payload, text } of topic.replies()) {
      const carried = [...JSON.stringify(payload).matchAll(/"value":(\{"v":1,.*?"below":"\w+"\})/gu)];
      expect(carried.length, text).toBe(buttonsIn(payload).length);
      for (const [, value = ""] of carried) {
        expect(value).toContain(`"below":"${topic.card().id}"`);
        expect(value).toContain("LT-004");
      }
    }
  });

  test("settings 同步 says what the group itself hears", async () => {
    for (const [echo, readings, outcomes] of [
      ["无", 0, 0],
      ["结果", 0, 1],
      ["全部", 1, 1],
    ] as const) {
      const walked = await start();
      const { feishu, pass } = walked;
      const topic = await discussed(walked, "LT-004");
      await feishu.mention(`设置 同步:${echo}`);
      const heard = (): number => aloud(feishu.posts(FAKE_CHAT)).length;
      await topic.mention(READING);
      await pass(2);
      expect(heard(), echo).toBe(readings);
      await topic.mention("结束讨论 “以年报为准”");
      await pass(2);
      expect(heard(), echo).toBe(readings + outcomes);
      await walked.stop();
      here = null;
    }
  });

  test("a digest's own topic names several: which is meant is asked, and the button records it", async () => {
    const walked = await start();
    const { feishu, pass, store } = walked;
    await feishu.mention("周报 设置 每周一 9:07 无变化:说明");
    await pass(7 * 86_400);
    const digest = feishu
      .posts(FAKE_CHAT)
      .find(({ parent, text }) => parent === null && text.includes("LT-0"));
    if (digest === undefined) throw new Error("no digest");
    const asked = await feishu.mention("备注 已查无新", { thread: digest.id });
    expect(asked.thread).toBe(digest.id);
    const [first = ""] = buttonsIn(asked.payload);
    expect(first).toMatch(/^[A-Z]{2}-\d{3}$/u);
    const { reply } = await feishu.click(asked, first);
    expect(reply).toMatchObject({ thread: digest.id });
    expect(await store.ledger(0, 10)).toMatchObject([
      { commitmentId: first, type: "note", from: { address: { thread: digest.id } } },
    ]);
    // One that is named is no question.
    expect((await feishu.mention("备注 LT-004 已查无新", { thread: digest.id })).text).toContain("LT-004");
    expect(() => topicOf(walked, "LT-004")).toThrow("no discussion");
  });
});
