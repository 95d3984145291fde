import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { standingBelow } from "../../src/adapters/feishu/below.ts";
import { messageLink } from "../../src/adapters/feishu/link.ts";
import { renderFeishu } from "../../src/adapters/feishu/render.ts";
import { createTopics } from "../../src/adapters/feishu/topics.ts";
import type { Address } from "../../src/core/place.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_CHAT, startFakeFeishu } from "../support/fake-feishu.ts";
import { echo, echoBot, MODES, type EchoBot } from "../support/fake-feishu-bot.ts";
import { buttonValueOf } from "../support/fake-feishu-cards.ts";

const group: Address = { platform: "feishu", workspace: null, to: { channel: FAKE_CHAT }, thread: null };

let feishu: FakeFeishu;
let bot: EchoBot;
const standing = (id: string) => {
  const found = feishu.posts().find((post) => post.id === id);
  if (found === undefined) throw new Error(`no message ${id}`);
  return found;
};
const carried = (id: string, label = "More"): unknown => buttonValueOf(standing(id).payload, label);

describe.each(MODES)("a topic by %s", (mode) => {
  beforeEach(async () => {
    feishu = await startFakeFeishu();
    bot = echoBot(feishu, { mode });
    await bot.start();
  });
  afterEach(async () => {
    await bot.stop();
    await feishu.close();
  });

  it("is told by a mention in it, by the buttons of what stands in it, and by a click on its first message", async () => {
    const root = (await bot.platform.post(group, echo("parent"), "k1")).ref;
    const inTopic = { ...group, thread: root.id };
    const child = (await bot.platform.post(inTopic, echo("child"), "k2")).ref;
    const answer = await feishu.mention("gm1", { thread: root.id });
    expect(answer.thread).toBe(root.id);
    for (const id of [child.id, answer.id]) {
      expect(carried(id)).toMatchObject({ below: root.id });
      await feishu.click(standing(id), "More");
    }
    const { reply } = await feishu.click(standing(root.id), "More");
    // "回复消息": what answers a message that has a topic goes into it.
    expect(reply?.thread).toBe(root.id);
    expect(carried(reply?.id ?? "")).toMatchObject({ below: root.id });
    expect(bot.seen.map(({ address, place }) => ({ address, place }))).toEqual(
      Array.from({ length: 4 }, () => ({ address: inTopic, place: group })),
    );
  });

  it("is told by cards that an earlier run has sent", async () => {
    const root = (await bot.platform.post(group, echo("parent"), "k1")).ref;
    const child = (await bot.platform.post({ ...group, thread: root.id }, echo("child"), "k2")).ref;
    await bot.stop();
    bot = echoBot(feishu, { mode });
    await bot.start();
    await feishu.click(standing(child.id), "More");
    expect(bot.seen).toMatchObject([{ via: "click", address: { ...group, thread: root.id }, place: group }]);
  });

  it("is still told after an edit, and by a card that took the place of another", async () => {
    const root = (await bot.platform.post(group, echo("parent"), "k1")).ref;
    const child = (await bot.platform.post({ ...group, thread: root.id }, echo("child"), "k2")).ref;
    await bot.platform.edit(child, echo("edited"));
    expect(carried(child.id)).toMatchObject({ run: "more edited", below: root.id });
    await feishu.click(standing(child.id), "Next page");
    expect(carried(child.id)).toMatchObject({ run: "more next edited", below: root.id });
    await bot.platform.edit(root, echo("parent again"));
    expect(carried(root.id)).not.toHaveProperty("below");
  });

  it("is what quotes a message, where the group has no topics", async () => {
    feishu.addChat("oc_plain", "no");
    const place = { ...group, to: { channel: "oc_plain" } };
    const root = (await bot.platform.post(place, echo("parent"), "k1")).ref;
    const child = (await bot.platform.post({ ...place, thread: root.id }, echo("child"), "k2")).ref;
    expect(standing(child.id)).toMatchObject({ thread: null, parent: root.id });
    // 230071 once, then without a topic, under the same uuid.
    const replies = feishu.calls.filter(({ endpoint }) => endpoint === "reply").map(({ body }) => body);
    expect(replies).toMatchObject([
      { reply_in_thread: true, uuid: "k2" },
      { reply_in_thread: false, uuid: "k2" },
    ]);
    await feishu.mention("gm1", { chat: "oc_plain", quote: root.id });
    await feishu.mention("gm2", { chat: "oc_plain", quote: child.id });
    await feishu.say("https://example.org", "mention", { chat: "oc_plain", quote: root.id, mention: false });
    const address = { ...place, thread: root.id };
    expect(bot.seen).toMatchObject([{ address }, { address }]);
    expect(bot.others).toMatchObject([{ type: "message", address }]);
  });

  it("does not exist in direct messages, nor below what people said", async () => {
    const direct = await feishu.direct("gm1");
    const mentioned = await feishu.mention("gm1");
    for (const { id } of [direct, mentioned]) expect(carried(id)).not.toHaveProperty("below");
    expect(bot.seen.map(({ address }) => address.thread)).toEqual([null, null]);
  });

  it.each([230011, 230110, 231003, 230019] as const)(
    "that is gone (%i) is no fault of its group",
    async (code) => {
      const root = (await bot.platform.post(group, echo("parent"), "k1")).ref;
      await bot.platform.post({ ...group, thread: root.id }, echo("child"), "k2");
      feishu.lose(root, code);
      const gone = { code: "target_gone", scope: "message" };
      await expect(bot.platform.post({ ...group, thread: root.id }, echo("x"), "k3")).rejects.toMatchObject(
        gone,
      );
      const edit = bot.platform.edit(root, echo("x"));
      if (code === 230019) await edit;
      else await expect(edit).rejects.toMatchObject(gone);
      await bot.platform.post(group, echo("the group"), "k4");
    },
  );
});

describe("the address of a topic", () => {
  const cloud = "https://open.feishu.cn";

  it("opens it where its id was seen, else the chat", () => {
    const topics = createTopics();
    topics.learn("om_root", "omt_1");
    const link = (id: string, domain = cloud) => messageLink(domain, { address: group, id }, topics.idOf(id));
    expect(link("om_root")).toBe(
      "https://applink.feishu.cn/client/thread/open?open_chat_id=oc_fakegroup&open_thread_id=omt_1",
    );
    expect(link("om_root", "https://open.larksuite.com")).toMatch(
      /^https:\/\/applink\.larksuite\.com\/client\/thread/,
    );
    expect(link("om_other")).toBe("https://applink.feishu.cn/client/chat/open?openChatId=oc_fakegroup");
    expect(link("om_root", "https://feishu.example.org")).toBeNull();
  });
});

describe("a card below a topic's first message", () => {
  it("stays as it is where it has no room to say so", () => {
    const buttons = [{ label: "x", run: "x".repeat(1_960) }];
    const full = renderFeishu({ summary: "s", blocks: [{ type: "buttons", buttons }] });
    expect(standingBelow(full, "om_5ce6d572455d361153b7xx51da133945")).toBe(full);
    expect(standingBelow(full, null)).toBe(full);
    const card = renderFeishu(echo("x"));
    expect(buttonValueOf(standingBelow(card, "om_1"), "More")).toMatchObject({ below: "om_1" });
  });
});
