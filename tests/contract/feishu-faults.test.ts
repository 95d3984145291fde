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
  await bot.stop();
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
    [{ code: 230017 }, "rejected", null],
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
      "scopes",
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

describe("answers", () => {
  const replies = () => feishu.calls.filter(({ endpoint }) => endpoint === "reply");

  it.each([
    ["a chat that is throttled", { code: 230020 }],
    ["an app that is throttled", { status: 429, code: 99991400, reset: 0.2 }],
    ["a cut answer", { cutAfterAccept: true }],
    ["a gateway's fault", { status: 502 }],
    ["a request that hangs", { hang: true }],
  ] as const)("arrive once in spite of %s", async (_what, fault) => {
    await restart({ requestTimeoutMs: 300 });
    feishu.failNext("reply", fault);
    feishu.failNext("reply", fault);
    expect((await feishu.mention("gm1")).text).toContain("you said gm1");
    await vi.waitFor(() => expect(replies()).toHaveLength(3), { timeout: 5_000 });
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
  });

  it("are not tried again where that cannot help, and do not stop the next", async () => {
    feishu.failNext("reply", { code: 230035, msg: "Send Message Permission deny." });
    await feishu.say("first", "mention");
    expect((await feishu.mention("second")).text).toContain("you said second");
    await vi.waitFor(() => expect(bot.log.lines.join("\n")).toContain("reply: 230035"));
    expect(replies()).toHaveLength(2);
  });

  it("stand in the chat where what they answer was recalled or its topic is gone", async () => {
    for (const code of [230011, 230019]) {
      feishu.failNext("reply", { code });
      const posted = feishu.next(({ text }) => text.includes(`you said first ${code}`));
      await feishu.say(`first ${code}`, "mention");
      expect(await posted).toMatchObject({ chat: FAKE_CHAT, parent: null });
    }
    const card = await feishu.mention("gm1");
    feishu.failNext("reply", { code: 230110 });
    const posted = feishu.next(({ text }) => text.includes("you said more gm1"));
    feishu.click(card, "More").catch(() => undefined);
    expect(await posted).toMatchObject({ parent: null });
  });

  it("arrive although the token ends in between", async () => {
    const card = await feishu.mention("gm1");
    feishu.expireTokens();
    expect((await feishu.click(card, "More")).reply?.text).toContain("you said more gm1");
    expect(feishu.calls.filter(({ endpoint }) => endpoint === "token")).toHaveLength(2);
  });

  it("do not make a click wait that take long", async () => {
    const gate = Promise.withResolvers<void>();
    await restart({
      onInbound: async ({ via, line, reply }) => {
        if (via === "click") await gate.promise;
        await reply(echo(line), { audience: "channel" });
      },
    });
    const card = await feishu.mention("gm1");
    const clicked = feishu.click(card, "Next page");
    await vi.waitFor(() => expect(feishu.acks).toHaveLength(2), { timeout: 3_000 });
    expect(feishu.acks[1]).toMatchObject({ code: 200, data: { toast: { type: "info" } } });
    // By then its card can be too old to be edited.
    feishu.failNext("update", { code: 230031 });
    gate.resolve();
    expect((await clicked).reply).toMatchObject({ parent: card.id });
  });

  it("to a click follow its acknowledgement", async () => {
    const card = await feishu.mention("gm1");
    feishu.failNext("reply", { status: 502 });
    const clicked = feishu.click(card, "More");
    await vi.waitFor(() => expect(feishu.acks[1]).toEqual({ code: 200, data: {} }));
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
    expect((await clicked).reply?.parent).toBe(card.id);
  });

  it("that fail are told to who clicked, and the log does not say what was asked", async () => {
    await restart({
      onInbound: async ({ via, line, reply }) => {
        if (via === "click") throw new Error("the line was: secret plans");
        await reply(echo(line), { audience: "channel" });
      },
    });
    const card = await feishu.mention("gm1");
    expect((await feishu.click(card, "Next page")).answer).toMatchObject({ toast: { type: "error" } });
    expect(bot.log.lines.join("\n")).toContain("an answer failed");
    expect(bot.log.lines.join("\n")).not.toContain("secret plans");
  });

  async function restart(options: Parameters<typeof echoBot>[1]): Promise<void> {
    await bot.stop();
    bot = echoBot(feishu, options);
    await bot.start();
  }
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
