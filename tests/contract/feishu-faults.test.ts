import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Address } from "../../src/core/place.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_CHAT, startFakeFeishu } from "../support/fake-feishu.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { echo, echoBot } from "../support/fake-feishu-bot.ts";

const group: Address = { platform: "feishu", workspace: null, to: { channel: FAKE_CHAT }, thread: null };

let feishu: FakeFeishu;
let bot: EchoBot;

beforeEach(async () => {
  feishu = await startFakeFeishu();
  bot = echoBot(feishu);
  await bot.start();
});

afterEach(async () => {
  await bot.platform.stop();
  await feishu.close();
});

describe("a post that fails", () => {
  it.each([
    [{ status: 429, code: 99991400, reset: 3 }, "rate_limited", 3000],
    [{ code: 230020 }, "rate_limited", null],
    [{ code: 11232, status: 200 }, "rate_limited", null],
    [{ status: 503 }, "unknown_outcome", null],
    [{ garbage: true }, "unknown_outcome", null],
    [{ cutAfterAccept: true }, "unknown_outcome", null],
    [{ code: 232009 }, "target_gone", null],
    [{ code: 230018 }, "forbidden", null],
    [{ code: 99991672, msg: "Access denied." }, "forbidden", null],
    [{ code: 230028 }, "rejected", null],
  ] as const)("reports %o as %s", async (fault, code, retryAfterMs) => {
    feishu.failNext("create", fault);
    await expect(bot.platform.post(group, echo("x"), "k")).rejects.toMatchObject({
      name: "DeliveryError",
      code,
      retryAfterMs,
    });
  });

  it("is safe to send again after a cut answer, because the first did arrive", async () => {
    feishu.failNext("create", { cutAfterAccept: true });
    await expect(bot.platform.post(group, echo("x"), "k")).rejects.toMatchObject({ code: "unknown_outcome" });
    await bot.platform.post(group, echo("x"), "k");
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
  });

  it("names a chat the bot is not in, and a thread that is gone", async () => {
    const elsewhere = { ...group, to: { channel: "oc_elsewhere" } };
    await expect(bot.platform.post(elsewhere, echo("x"), "k")).rejects.toMatchObject({ code: "target_gone" });
    const gone = { ...group, thread: "om_gone" };
    await expect(bot.platform.post(gone, echo("x"), "k")).rejects.toMatchObject({ code: "target_gone" });
    await expect(bot.platform.edit({ address: group, id: "om_gone" }, echo("x"))).rejects.toMatchObject({
      code: "target_gone",
    });
  });

  it("fetches a new token once when the old one is refused", async () => {
    feishu.expireTokens();
    await bot.platform.post(group, echo("x"), "k");
    expect(feishu.calls.map(({ endpoint }) => endpoint)).toEqual([
      "token",
      "bot",
      "connect",
      "create",
      "token",
      "create",
    ]);
  });

  it("was surely not sent when the token cannot be had", async () => {
    feishu.expireTokens();
    feishu.failNext("token", { status: 500 });
    await expect(bot.platform.post(group, echo("x"), "k")).rejects.toMatchObject({ code: "unreachable" });
  });
});

describe("a card that Feishu refuses", () => {
  it.each([
    { code: 230099, msg: "Failed to create card content, ext=ErrCode: 11310; ErrMsg: x;" },
    { code: 230025 },
  ])("is sent once more as plain text (%o)", async (fault) => {
    feishu.failNext("create", fault);
    await bot.platform.post(group, echo("x"), "k");
    const [post] = feishu.posts(FAKE_CHAT);
    expect(post?.text).toContain("you said x");
    expect(post?.text).toContain("More: more x");
    expect(post?.payload).not.toHaveProperty("header");
  });

  it("is given up when the plain text is refused too", async () => {
    feishu.failNext("create", { code: 230099 });
    feishu.failNext("create", { code: 230099 });
    await expect(bot.platform.post(group, echo("x"), "k")).rejects.toMatchObject({ code: "rejected" });
    expect(feishu.calls.filter(({ endpoint }) => endpoint === "create")).toHaveLength(2);
  });

  it("may be an edit", async () => {
    const { ref } = await bot.platform.post(group, echo("x"), "k");
    feishu.failNext("update", { code: 230099 });
    await bot.platform.edit(ref, echo("y"));
    expect(feishu.posts(FAKE_CHAT)[0]?.text).toContain("you said y");
  });
});

describe("answers", () => {
  it("does not let one that fails stop the next", async () => {
    feishu.failNext("reply", { code: 230035, msg: "Send Message Permission deny." });
    await feishu.say("first", "mention");
    expect((await feishu.mention("second")).text).toContain("you said second");
    await vi.waitFor(() => expect(bot.log.lines.join("\n")).toContain("reply: 230035"));
  });

  it("does not make a click wait for an answer that takes long", async () => {
    const gate = Promise.withResolvers<void>();
    const slow = echoBot(feishu, {
      onInbound: async (inbound) => {
        if (inbound.via === "click") await gate.promise;
        await inbound.reply(echo(inbound.line), { audience: "channel" });
      },
    });
    await bot.platform.stop();
    bot = slow;
    await slow.start();
    const card = await feishu.mention("gm1");
    const clicked = feishu.click(card, "Next page");
    await vi.waitFor(() => expect(feishu.acks).toHaveLength(2), { timeout: 3_000 });
    expect(feishu.acks[1]).toMatchObject({ code: 200, data: { toast: { type: "info" } } });
    gate.resolve();
    expect((await clicked).reply).toMatchObject({ id: card.id, edits: 1 });
  });

  it("acknowledges a click that only asks before it is worked on", async () => {
    const gate = Promise.withResolvers<void>();
    const slow = echoBot(feishu, {
      onInbound: async (inbound) => {
        if (inbound.via === "click") await gate.promise;
        await inbound.reply(echo(inbound.line), { audience: "channel" });
      },
    });
    await bot.platform.stop();
    bot = slow;
    await slow.start();
    const card = await feishu.mention("gm1");
    const clicked = feishu.click(card, "More");
    await vi.waitFor(() => expect(feishu.acks[1]).toEqual({ code: 200, data: {} }));
    gate.resolve();
    expect((await clicked).reply?.parent).toBe(card.id);
  });

  it("acknowledges a click whose answer fails", async () => {
    const failing = echoBot(feishu, {
      onInbound: async (inbound) => {
        if (inbound.via === "click") throw new Error("the line was: secret plans");
        await inbound.reply(echo(inbound.line), { audience: "channel" });
      },
    });
    await bot.platform.stop();
    bot = failing;
    await failing.start();
    const card = await feishu.mention("gm1");
    void feishu.click(card, "Next page").catch(() => undefined);
    await vi.waitFor(() => expect(feishu.acks[1]).toEqual({ code: 200, data: {} }));
    expect(failing.log.lines.join("\n")).not.toContain("secret plans");
  });
});

describe("the log", () => {
  it("never holds the secret, a token, an address with a ticket, or what people wrote", async () => {
    const printed = (["log", "info", "warn", "error", "debug"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => undefined),
    );
    feishu.failNext("create", { status: 500 });
    await expect(bot.platform.post(group, echo("plans"), "k")).rejects.toThrow("unknown_outcome");
    feishu.failNext("create", { code: 230099, msg: "ErrCode: 1; ErrMsg: card was: plans" });
    await bot.platform.post(group, echo("plans"), "k2");
    feishu.expireTokens();
    feishu.failNext("token", { cutAfterAccept: true });
    await expect(bot.platform.post(group, echo("plans"), "k3")).rejects.toThrow("unreachable");
    feishu.failNext("connect", { status: 500 });
    await feishu.dropConnection();
    await feishu.connected();
    await feishu.direct("plans");
    await feishu.push({
      schema: "2.0",
      header: { event_type: "unknown.event_v1" },
      event: { text: "plans" },
    });
    const lines = bot.log.lines.join("\n");
    expect(lines).toContain("create: HTTP 500");
    for (const secret of [feishu.appSecret, "t-fake0tenant", "Bearer", "ticket", "access_key", "plans"]) {
      expect(lines).not.toContain(secret);
    }
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });
});
