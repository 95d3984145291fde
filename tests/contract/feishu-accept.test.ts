import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { accept } from "../../src/adapters/feishu/accept.ts";
import { createInFlight } from "../../src/adapters/feishu/in-flight.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_CHAT, startFakeFeishu } from "../support/fake-feishu.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { MODES, echo, echoBot } from "../support/fake-feishu-bot.ts";

const everyone = { audience: "channel" } as const;

describe.each(MODES)("an event that comes in by %s", (mode) => {
  let feishu: FakeFeishu;
  let bot: EchoBot;

  beforeEach(async () => {
    feishu = await startFakeFeishu();
  });

  afterEach(async () => {
    await bot.stop();
    await feishu.close();
  });

  it("is not acknowledged before it is stored, and its answer follows the acknowledgement", async () => {
    const stored = Promise.withResolvers<void>();
    bot = echoBot(feishu, {
      mode,
      onInbound: async ({ reply, line }) => {
        await stored.promise;
        await reply(echo(line), everyone);
      },
    });
    await bot.start();
    const answered = feishu.next(() => true).then((post) => ({ post, acks: feishu.acks.length }));
    const said = feishu.say("gm1", "mention");
    await vi.waitFor(() => expect(bot.seen).toHaveLength(1));
    expect(feishu.acks).toEqual([]);
    stored.resolve();
    expect((await said).ack.code).toBe(200);
    expect(await answered).toMatchObject({ acks: 1 });
  });

  it("is acknowledged although its answer cannot be sent", async () => {
    bot = echoBot(feishu, { mode });
    await bot.start();
    feishu.failNext("reply", { code: 230035 });
    expect((await feishu.say("gm1", "mention")).ack.code).toBe(200);
    await vi.waitFor(() => expect(bot.log.lines.join("\n")).toContain("reply: 230035"));
  });

  it("comes again where nothing could be stored, with the same id, and is answered once", async () => {
    let isAway = true;
    bot = echoBot(feishu, {
      mode,
      onInbound: async ({ reply, line }) => {
        if (isAway) throw new Error("the store is away; the line was: secret plans");
        await reply(echo(line), everyone);
      },
      onOther: () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve()),
    });
    await bot.start();
    expect((await feishu.say("gm1", "mention")).ack.code).toBe(500);
    expect((await feishu.menu("board")).code).toBe(500);
    expect((await feishu.leave("oc_left")).code).toBe(500);
    isAway = false;
    expect((await feishu.retry()).map(({ code }) => code)).toEqual([200, 200, 200]);
    await vi.waitFor(() => expect(feishu.posts()).toHaveLength(2));
    expect(bot.seen[2]?.id).toBe(bot.seen[0]?.id);
    expect(bot.others.map((other) => ("id" in other ? other.id : ""))[1]).toBe(
      bot.others.map((other) => ("id" in other ? other.id : ""))[0],
    );
    expect(bot.log.lines.join("\n")).not.toContain("secret plans");
  });

  it("comes again where storing takes longer than Feishu waits, and is answered once", async () => {
    const stored = Promise.withResolvers<void>();
    bot = echoBot(feishu, {
      mode,
      onInbound: async ({ reply, line }) => {
        await stored.promise;
        await reply(echo(line), everyone);
      },
    });
    await bot.start();
    expect((await feishu.say("gm1", "mention")).ack.code).toBe(500);
    const answer = feishu.next(() => true);
    stored.resolve();
    await answer;
    expect((await feishu.retry()).map(({ code }) => code)).toEqual([200]);
    await feishu.direct("last");
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
  });

  it("has the same id when Feishu repeats it under a new message id, and its answer is posted once", async () => {
    bot = echoBot(feishu, { mode });
    await bot.start();
    await feishu.mention("gm1");
    await feishu.redeliver({ newMessageId: true });
    await feishu.direct("last");
    expect(bot.seen).toHaveLength(3);
    expect(bot.seen[1]?.id).toBe(bot.seen[0]?.id);
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
  });
});

describe("accept", () => {
  it("rejects where nothing was stored in time, and lets the work go on", async () => {
    const gate = Promise.withResolvers<void>();
    const inFlight = createInFlight();
    const failed = vi.fn<(error: unknown) => void>();
    const taken = accept(() => gate.promise, inFlight, failed, 1);
    await expect(taken).rejects.toThrow("not stored in time");
    expect(await inFlight.drained(1)).toBe(false);
    gate.resolve();
    expect(await inFlight.drained(1_000)).toBe(true);
    expect(failed).not.toHaveBeenCalled();
  });

  it("reports what fails after the acknowledgement, once", async () => {
    const inFlight = createInFlight();
    const failed = vi.fn<(error: unknown) => void>();
    const late = new Error("late");
    await accept(
      async (stored) => {
        await stored();
        throw late;
      },
      inFlight,
      failed,
    );
    await inFlight.drained(1_000);
    expect(failed.mock.calls).toEqual([[late]]);
  });
});
