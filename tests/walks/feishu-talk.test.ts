import { afterEach, describe, expect, test } from "vitest";
import { lanting, MONDAY } from "../support/books.ts";
import { buttonsIn, buttonValueOf } from "../support/fake-feishu-cards.ts";
import { clickEvent } from "../support/fake-feishu-events.ts";
import { FAKE_APP_ID } from "../support/fake-feishu-http.ts";
import { FAKE_CHAT } from "../support/fake-feishu.ts";
import { discussed, type FeishuTopic } from "../support/fake-feishu-threads.ts";
import { ADMIN, feishuPerson, feishuWalk, MODES, type FeishuWalk } from "../support/fake-feishu-walk.ts";

const CHEN = feishuPerson("ou_chen");
const VIEWER = "ou_viewer";
const LINK = "https://news.lanting.example/dc";
const READING = "填报 8.2 EFLOPS 截至:2026-06-30 来源:https://data.lanting.example/06 级别:E3";
const WEEK = 7 * 86_400;

let here: FeishuWalk | null = null;
afterEach(async () => {
  await here?.stop();
  here = null;
});

const standing = (topic: FeishuTopic, label: RegExp) => {
  const found = topic
    .replies()
    .findLast(({ payload }) => buttonsIn(payload).some((each) => label.test(each)));
  if (found === undefined) throw new Error(`nothing has a button ${String(label)}`);
  return found;
};

describe.each(MODES)("over %s", (mode) => {
  async function start(reads: boolean): Promise<FeishuWalk & { readonly topic: FeishuTopic }> {
    here = await feishuWalk(mode, { dataset: lanting, admins: [ADMIN, CHEN], reads });
    return { ...here, topic: await discussed(here, "LT-004") };
  }

  test("a link that somebody posts is offered once; who keeps it is named beside who posted it, the words are not kept", async () => {
    const { feishu, pass, store, topic } = await start(true);
    await topic.talk(`我在这里看到的：${LINK}。`, "ou_li");
    await feishu.redeliver();
    await pass(2);
    await topic.talk(`又是它 ${LINK}`, "ou_zhao");
    await pass(2);
    const offers = topic
      .replies()
      .filter(({ payload }) => buttonsIn(payload).some((each) => each.startsWith("E4")));
    expect(offers).toHaveLength(1);
    const offer = standing(topic, /^E4/u);
    expect(offer.text).toContain("@ou_li");
    // Whoever may not record is told so alone, and the offer stands for others.
    const refused = await feishu.click(offer, "E4 媒体查证", { user: VIEWER });
    expect(refused.answer).toMatchObject({ toast: { type: "error" } });
    const kept = await feishu.click(standing(topic, /^E4/u), "E4 媒体查证");
    expect(kept.answer).toMatchObject({ card: { type: "raw" } });
    await pass(2);
    const entries = await store.ledger(0, 10);
    expect(entries).toMatchObject([{ type: "evidence", data: { url: LINK, level: "E4" } }]);
    const li = await store.personKey(feishuPerson("ou_li"));
    expect(JSON.stringify(entries)).toContain(li);
    expect(JSON.stringify(entries)).not.toContain("看到");
    // In place of the offer, and nothing besides.
    expect(topic.replies()).toHaveLength(1);
    expect(topic.card().text).toContain("news.lanting.example");
    await topic.talk(LINK, "ou_li");
    await pass(2);
    expect(topic.replies()).toHaveLength(1);
  });

  test("不用 lets it be", async () => {
    const { feishu, pass, store, topic } = await start(true);
    await topic.talk(LINK, "ou_li");
    await pass(2);
    const no = await feishu.click(standing(topic, /^不用$/u), "不用");
    expect(no.answer).toMatchObject({ card: { type: "raw" } });
    expect(no.shown).toContain("没有记");
    expect(await store.ledger(0, 10)).toEqual([]);
  });

  test("where it may read, replies are counted and the next digest says most discussed and who waits", async () => {
    const { feishu, pass, topic } = await start(true);
    await feishu.mention("周报 设置 每周一 9:07 无变化:说明");
    await topic.talk("算的是哪些机器？", "ou_li");
    await topic.talk("二期算不算？", "ou_zhao");
    await feishu.redeliver();
    await topic.mention("历程", { user: "ou_li" });
    // A card that is quoted is answered too.
    await feishu.say("我去问", "mention", { quote: topic.card().id, mention: false, user: "ou_qian" });
    await pass(WEEK);
    const digest = feishu.posts(FAKE_CHAT).findLast(({ text }) => text.includes("讨论最多"));
    expect(digest?.text).toMatch(/LT-004.*4 条回复.3 人/u);
    expect(digest?.text).toMatch(/等人回应[\s\S]*LT-004/u);
  });

  test("where it may not read, nothing is counted or offered, and the digest says nothing of it", async () => {
    const { feishu, pass, store, topic } = await start(false);
    await feishu.mention("周报 设置 每周一 9:07 无变化:说明");
    expect(await topic.talk(LINK, "ou_li")).toBeNull();
    await topic.mention(READING);
    await pass(WEEK);
    expect(topic.replies()).toHaveLength(1);
    expect(
      feishu
        .posts(FAKE_CHAT)
        .map(({ text }) => text)
        .join("\n"),
    ).not.toMatch(/讨论最多|等人回应/u);
    expect(await store.ledger(0, 10)).toMatchObject([{ type: "reading" }]);
  });

  test("a proposal's card is decided by whoever may, and settles; an old one says which stands", async () => {
    const { feishu, pass, store, topic } = await start(false);
    await topic.mention(READING);
    await topic.mention(`佐证 ${LINK} 级别:E4`);
    await topic.mention("评定 推进中 理由:二期在建");
    await pass(2);
    const first = standing(topic, /^退回$/u);
    expect(first.text).toContain("@ou_chen");
    for (const user of [VIEWER, ADMIN.id]) {
      const refused = await feishu.click(first, "通过", { user });
      expect(refused.answer, user).toMatchObject({ toast: { type: "error" } });
    }
    const { reply: form } = await feishu.click(first, "退回", { user: CHEN.id });
    if (form === null) throw new Error("no form");
    expect(form.thread).toBe(topic.card().id);
    await feishu.submit(form, { reason: "等年报" }, { user: CHEN.id });
    await pass(2);
    expect(buttonsIn(topic.replies().find(({ id }) => id === first.id)?.payload)).toEqual([]);
    await topic.mention("评定 停滞 理由:停工公告");
    await pass(2);
    const second = standing(topic, /^退回$/u);
    expect(second.id).not.toBe(first.id);
    // As the first card stands on a client that has not seen its edit.
    const old = { tag: "button", timezone: "Asia/Shanghai", value: buttonValueOf(first.payload, "通过") };
    const stale = { id: "stale", messageId: first.id, chat: FAKE_CHAT, user: CHEN.id, action: old };
    const told = await feishu.push(clickEvent({ ...stale, at: MONDAY, appId: FAKE_APP_ID }));
    expect(JSON.stringify(told.data)).toMatch(/#3.*#5|#5.*#3/u);
    expect((await store.ledger(0, 10)).filter(({ type }) => type === "rating_approved")).toEqual([]);
    const decided = await feishu.click(second, "通过", { user: CHEN.id });
    expect(decided.shown).toContain("停滞");
    await pass(2);
    expect(buttonsIn(topic.replies().find(({ id }) => id === second.id)?.payload)).toEqual([]);
    // Answered once in the topic, and said once in the group.
    const said = feishu
      .posts(FAKE_CHAT)
      .filter(({ id, text }) => id !== second.id && /评定已通过|通过（经飞书）/u.test(text));
    expect(said.map(({ thread }) => thread)).toEqual([topic.card().id, null]);
  });

  test("a forwarded card gives nobody rights, and who may act from it is recorded as there", async () => {
    const { feishu, pass, store, topic } = await start(false);
    await topic.mention(READING);
    await topic.mention(`佐证 ${LINK} 级别:E4`);
    await topic.mention("评定 推进中 理由:二期在建");
    await pass(2);
    const value = buttonValueOf(standing(topic, /^退回$/u).payload, "通过");
    feishu.addChat("oc_elsewhere");
    const forwarded = (user: string): object =>
      clickEvent({
        id: `forwarded-${user}`,
        messageId: "om_forwarded",
        chat: "oc_elsewhere",
        user,
        action: { tag: "button", timezone: "Asia/Shanghai", value },
        at: MONDAY,
        appId: FAKE_APP_ID,
      });
    expect((await feishu.push(forwarded(VIEWER))).data).toMatchObject({ toast: { type: "error" } });
    expect((await feishu.push(forwarded(ADMIN.id))).data).toMatchObject({ toast: { type: "error" } });
    expect((await store.audit(5)).filter(({ outcome }) => outcome === "refused")).toHaveLength(2);
    await feishu.push(forwarded(CHEN.id));
    await pass(2);
    const last = (await store.ledger(0, 10)).at(-1);
    expect(last).toMatchObject({
      type: "rating_approved",
      from: { address: { to: { channel: "oc_elsewhere" } } },
    });
    expect(topic.card().text).toContain("推进中");
  });
});
