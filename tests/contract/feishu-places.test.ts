import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Address } from "../../src/core/place.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_CHAT, FAKE_USER, startFakeFeishu } from "../support/fake-feishu.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { MODES, echo, echoBot } from "../support/fake-feishu-bot.ts";

const group: Address = { platform: "feishu", workspace: null, to: { channel: FAKE_CHAT }, thread: null };
const person: Address = { ...group, to: { person: FAKE_USER } };
const somebody = { platform: "feishu", workspace: null, id: FAKE_USER };

describe.each(MODES)("by %s", (mode) => {
  let feishu: FakeFeishu;
  let bot: EchoBot;

  beforeEach(async () => {
    feishu = await startFakeFeishu();
    bot = echoBot(feishu, { mode });
    await bot.start();
  });

  afterEach(async () => {
    await bot.stop();
    await feishu.close();
  });

  it("tells what becomes of a chat, and who did it", async () => {
    await feishu.join("oc_new");
    await feishu.rename("oc_new", "新名字");
    await feishu.leave("oc_new");
    await feishu.disband("oc_new");
    await feishu.enter();
    expect(bot.others.slice(0, 4)).toMatchObject(
      (["joined", "renamed", "left", "gone"] as const).map((what) => ({
        type: "place",
        what,
        place: { ...group, to: { channel: "oc_new" } },
        actor: somebody,
        at: new Date("2026-03-02T01:07:00Z"),
        to: null,
      })),
    );
    expect(bot.others[4]).toMatchObject({ type: "place", what: "joined", place: person, actor: somebody });
    expect(new Set(bot.others.map((other) => ("id" in other ? other.id : ""))).size).toBe(5);
  });

  it("takes a menu's choice as a line, answered in direct messages", async () => {
    const answer = feishu.next(() => true);
    expect((await feishu.menu("digest_show")).code).toBe(200);
    expect(await answer).toMatchObject({ chat: feishu.chatWith(), parent: null });
    expect(bot.seen[0]).toMatchObject({
      via: "menu",
      line: "digest show",
      address: person,
      place: person,
      ref: null,
    });
  });

  it("hears what is said in a topic without its name, once the app may, and says that it reads", async () => {
    const root = await bot.platform.post(group, echo("parent"), "k1");
    expect(await feishu.inThread("https://example.org/permit", { root: root.ref.id })).toBeNull();
    expect(bot.platform.abilities.reads).toBe(false);
    feishu.scopes.add("im:message.group_msg");
    await feishu.inThread("https://example.org/permit", { root: root.ref.id });
    expect(bot.platform.abilities.reads).toBe(true);
    const address = { ...group, thread: root.ref.id };
    expect(bot.others).toMatchObject([
      { type: "message", text: "https://example.org/permit", address, place: group, actor: somebody },
    ]);
    expect(bot.seen).toEqual([]);
  });

  it("knows from the start that it may read where that was granted", async () => {
    await bot.stop();
    feishu.scopes.add("im:message.group_msg");
    await bot.start();
    expect(bot.platform.abilities.reads).toBe(true);
  });

  it("keeps a group's chatter outside topics to itself", async () => {
    await feishu.say("hello", "mention", { mention: false });
    expect(bot.seen).toEqual([]);
    expect(bot.others).toEqual([]);
  });

  it("hears of what is no text in direct messages, and not in groups", async () => {
    await feishu.say("", "direct", { as: "image" });
    await feishu.say("", "mention", { as: "image" });
    expect(bot.others).toMatchObject([{ type: "unread", actor: { id: FAKE_USER } }]);
    expect(bot.seen).toEqual([]);
  });

  it("reads people named in a line as their open_id", async () => {
    await feishu.mention("admin grant @ou_chen tracker");
    expect(bot.seen[0]?.line).toBe("admin grant ou_chen tracker");
    await feishu.mention("note GM-001 @all 看看", { as: "post" });
    expect(bot.seen[1]?.line).toMatch(/^note GM-001 +看看$/);
  });

  describe("a click in direct messages belongs to the person", () => {
    it("where they spoke before", async () => {
      const card = await feishu.direct("gm1");
      await feishu.click(card, "More");
      expect(bot.seen[1]).toMatchObject({ via: "click", place: person });
      expect(feishu.calls.filter(({ endpoint }) => endpoint === "chat")).toEqual([]);
    });

    it("where the card was sent to them, or Feishu says so when it is asked, once", async () => {
      const { ref } = await bot.platform.post(person, echo("yours"), "k1");
      await bot.stop();
      bot = echoBot(feishu, { mode });
      await bot.start();
      const card = feishu.posts().find(({ id }) => id === ref.id);
      if (card === undefined) throw new Error("no card");
      await feishu.click(card, "More");
      await feishu.click(card, "Next page");
      expect(bot.seen.map(({ place }) => place)).toEqual([person, person]);
      expect(feishu.calls.filter(({ endpoint }) => endpoint === "chat")).toHaveLength(1);
    });

    it("and is a group's where Feishu does not tell", async () => {
      const { ref } = await bot.platform.post(group, echo("ours"), "k1");
      feishu.scopes.delete("im:chat:readonly");
      const card = feishu.posts().find(({ id }) => id === ref.id);
      if (card === undefined) throw new Error("no card");
      await feishu.click(card, "More");
      await feishu.click(card, "More");
      expect(bot.seen.map(({ place }) => place)).toEqual([group, group]);
      expect(feishu.calls.filter(({ endpoint }) => endpoint === "chat")).toHaveLength(1);
    });
  });

  it("refuses a post to a chat that it was taken out of while a digest was sent", async () => {
    const parent = await bot.platform.post(group, echo("digest"), "k1");
    await feishu.leave(FAKE_CHAT);
    const detail = { ...group, thread: parent.ref.id };
    await expect(bot.platform.post(detail, echo("details"), "k1.1")).rejects.toMatchObject({
      code: "target_gone",
      scope: "place",
    });
    await vi.waitFor(() => expect(bot.others).toMatchObject([{ what: "left" }]));
  });
});

describe("the address of a chat", () => {
  it.each([
    ["https://open.feishu.cn", "https://applink.feishu.cn/client/chat/open?openChatId=oc_fakegroup"],
    ["https://open.larksuite.com", "https://applink.larksuite.com/client/chat/open?openChatId=oc_fakegroup"],
    ["https://feishu.example.org", null],
  ])("at %s is %s", async (domain, link) => {
    const feishu = await startFakeFeishu();
    const { platform } = echoBot(feishu, { domain });
    expect(platform.link({ address: group, id: "om_1" })).toBe(link);
    expect(platform.link({ address: person, id: "om_1" })).toBeNull();
    await feishu.close();
  });
});
