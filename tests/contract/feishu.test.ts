import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Address } from "../../src/core/place.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_CHAT, FAKE_USER, startFakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_VERIFICATION_TOKEN } from "../support/fake-feishu-events.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { MODES, echo, echoBot } from "../support/fake-feishu-bot.ts";

const group: Address = { platform: "feishu", workspace: null, to: { channel: FAKE_CHAT }, thread: null };

const head = (id: string) => ({ event_id: id, token: FAKE_VERIFICATION_TOKEN });

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

  describe("what people send", () => {
    it("answers a mention in a group with a quoted reply", async () => {
      const answer = await feishu.mention("／清单 区:南山");
      expect(answer.text).toContain("you said 清单 区:南山");
      expect(answer.thread).toBeNull();
      expect(bot.seen[0]).toMatchObject({
        line: "清单 区:南山",
        via: "mention",
        at: new Date("2026-03-02T01:07:00Z"),
        actor: { platform: "feishu", workspace: null, id: FAKE_USER },
        address: group,
        ref: { address: group, id: answer.parent },
      });
    });

    it("answers inside the topic it was asked in", async () => {
      const parent = await bot.platform.post(group, echo("parent"), "k1");
      const answer = await feishu.mention("gm1", { thread: parent.ref.id });
      expect(answer.thread).toBe(parent.ref.id);
      expect(bot.seen[0]?.address.thread).toBe(parent.ref.id);
    });

    it("answers a direct message where it is, without quoting it", async () => {
      const answer = await feishu.direct("光明 算力");
      expect(answer.parent).toBeNull();
      expect(answer.text).toContain("you said 光明 算力");
      expect(bot.seen[0]).toMatchObject({ via: "direct", line: "光明 算力" });
    });

    it("takes slash commands, which are ordinary text on Feishu, with and without its own name", async () => {
      await feishu.direct("/show GM-001");
      await feishu.direct("/qushi 光明 算力");
      await feishu.direct("／区势 帮助");
      expect(bot.seen.map(({ line }) => line)).toEqual(["show GM-001", "光明 算力", "帮助"]);
      expect((await feishu.ask("gm1", "slash")).text).toContain("you said gm1");
    });

    it("hears neither bots nor group messages that mention somebody else", async () => {
      await feishu.say("hello", "mention", { mention: false });
      await feishu.say("hello", "direct", { senderType: "app" });
      await feishu.direct("last");
      expect(bot.seen.map(({ line }) => line)).toEqual(["last"]);
    });

    it("gives a redelivered message the same id and does not post its answer twice", async () => {
      await feishu.mention("gm1");
      await feishu.redeliver();
      await feishu.direct("last");
      expect(bot.seen[1]?.id).toBe(bot.seen[0]?.id);
      expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
    });

    it.runIf(mode === "ws")("reads an event that comes in fragments", async () => {
      const answer = await feishu.direct("光明 算力 2026", { fragments: 3 });
      expect(answer.text).toContain("you said 光明 算力 2026");
    });

    it("acknowledges events it does not know", async () => {
      const ack = await feishu.push({
        schema: "2.0",
        header: { ...head("ev-x"), event_type: "im.chat.updated_v1", create_time: "1772413620000" },
        event: { chat_id: FAKE_CHAT },
      });
      expect(ack.code).toBe(200);
      expect(
        (
          await feishu.push({
            schema: "2.0",
            header: { ...head("ev-y"), event_type: "im.message.receive_v1" },
            event: {},
          })
        ).code,
      ).toBe(200);
    });
  });

  describe("clicks", () => {
    it("acknowledges a click and answers below the message", async () => {
      const card = await feishu.mention("gm1");
      const { answer, reply } = await feishu.click(card, "More");
      expect(answer).toEqual({});
      expect(reply?.parent).toBe(card.id);
      expect(reply?.text).toContain("you said more gm1");
      expect(bot.seen[1]).toMatchObject({
        via: "click",
        line: "more gm1",
        ref: { id: card.id },
        at: new Date("2026-03-02T01:07:00Z"),
      });
    });

    it("answers below the message inside its topic", async () => {
      const parent = await bot.platform.post(group, echo("parent"), "k1");
      const card = await feishu.mention("gm1", { thread: parent.ref.id });
      const { reply } = await feishu.click(card, "More");
      expect(reply?.thread).toBe(parent.ref.id);
    });

    it("puts the new card into the callback when the button replaces", async () => {
      const card = await feishu.mention("gm1");
      const { reply } = await feishu.click(card, "Next page");
      expect(reply).toBeNull();
      expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
      expect(feishu.posts(FAKE_CHAT)[0]).toMatchObject({ id: card.id, edits: 1 });
      expect(feishu.posts(FAKE_CHAT)[0]?.text).toContain("you said next gm1");
    });

    it("gives a click that arrives again the same id, and two clicks different ones", async () => {
      const card = await feishu.mention("gm1");
      await feishu.click(card, "More");
      await feishu.redeliver();
      await feishu.click(card, "More");
      const [, first, again, second] = bot.seen.map(({ id }) => id);
      expect(again).toBe(first);
      expect(second).not.toBe(first);
    });

    it("says so when a button is of another version", async () => {
      const ack = await feishu.push({
        schema: "2.0",
        header: { ...head("ev-old"), event_type: "card.action.trigger", create_time: "1772413620000000" },
        event: {
          operator: { open_id: FAKE_USER },
          token: "c-old",
          action: { value: { v: 0, run: "gm1" }, tag: "button" },
          context: { open_message_id: "om_x", open_chat_id: FAKE_CHAT },
        },
      });
      expect(ack).toMatchObject({ code: 200, data: { toast: { type: "warning" } } });
      expect(bot.seen).toEqual([]);
    });
  });

  describe("posting", () => {
    it("posts to a chat and to a person, and into the thread of what it posted", async () => {
      const parent = await bot.platform.post(group, echo("digest"), "digest-1");
      const child = await bot.platform.post(
        { ...group, thread: parent.ref.id },
        echo("details"),
        "digest-1.1",
      );
      const direct = await bot.platform.post(
        { ...group, to: { person: FAKE_USER } },
        echo("yours"),
        "mine-1",
      );
      expect(feishu.posts(FAKE_CHAT).map(({ id, thread }) => [id, thread])).toEqual([
        [parent.ref.id, null],
        [child.ref.id, parent.ref.id],
      ]);
      expect(direct.ref.address.to).toEqual({ person: FAKE_USER });
      expect((await feishu.direct("gm1")).chat).toBe(
        feishu.posts().find(({ id }) => id === direct.ref.id)?.chat,
      );
    });

    it("edits a message in place", async () => {
      const { ref } = await bot.platform.post(group, echo("before"), "k1");
      await bot.platform.edit(ref, echo("after"));
      expect(feishu.posts(FAKE_CHAT)[0]).toMatchObject({ edits: 1 });
      expect(feishu.posts(FAKE_CHAT)[0]?.text).toContain("you said after");
    });

    it("sends the key as uuid, so that a resend arrives once", async () => {
      const first = await bot.platform.post(group, echo("digest"), "digest-1");
      const again = await bot.platform.post(group, echo("digest"), "digest-1");
      expect(again.ref.id).toBe(first.ref.id);
      expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
      expect(feishu.posts(FAKE_CHAT)[0]?.uuid).toBe("digest-1");
    });

    it("answers below the message where the group has no topics", async () => {
      feishu.addChat("oc_plain", "no");
      const plain = { ...group, to: { channel: "oc_plain" } };
      const parent = await bot.platform.post(plain, echo("digest"), "k1");
      await bot.platform.post({ ...plain, thread: parent.ref.id }, echo("details"), "k2");
      expect(feishu.posts("oc_plain")[1]).toMatchObject({ parent: parent.ref.id, thread: null });
    });

    it("keeps its id and refuses nothing that the port promises", async () => {
      expect(bot.platform.name).toBe("feishu");
      expect(bot.platform.health()).toEqual({ state: "connected", detail: null });
      await expect(bot.platform.find(group, "k", new Date(0))).resolves.toEqual({ state: "unknown" });
    });
  });
});
