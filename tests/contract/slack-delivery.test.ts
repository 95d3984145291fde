import { describe, expect, test } from "vitest";
import type { Address } from "../../src/core/place.ts";
import { DeliveryError, type Platform } from "../../src/platform/platform.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { TEAM, type SlackFault } from "../support/fake-slack-state.ts";
import { bench, echo, started } from "../support/fake-slack-bot.ts";

const TO: Address = { platform: "slack", workspace: TEAM, to: { channel: CHANNEL }, thread: null };

async function refusal(work: Promise<unknown>): Promise<DeliveryError> {
  const error: unknown = await work.then(
    () => new Error("it was delivered"),
    (reason: unknown) => reason,
  );
  if (error instanceof DeliveryError) return error;
  throw error;
}

const post = (bot: Platform, to: Address = TO) => bot.post(to, echo("digest"), "d:1");

describe("posting", () => {
  test("sends blocks, a fallback text and the delivery's key, and nothing that unfurls", async () => {
    const { slack, bot } = await started();
    const { ref } = await post(bot);
    expect(slack.posts(CHANNEL)).toMatchObject([{ id: ref.id, key: "d:1", thread: null }]);
    expect(ref.address).toEqual(TO);
    const call = slack.calls.at(-1);
    expect(call).toMatchObject({ method: "chat.postMessage", token: "bot" });
    expect(call?.params).toMatchObject({
      unfurl_links: "false",
      unfurl_media: "false",
      text: "echo: digest",
    });
  });

  test("goes into a thread, and to a person's direct message", async () => {
    const { slack, bot } = await started();
    const { ref } = await post(bot);
    await post(bot, { ...TO, thread: ref.id });
    expect(slack.posts(CHANNEL).at(-1)?.thread).toBe(ref.id);
    const direct = await post(bot, { ...TO, to: { person: "U0WANG" } });
    expect(direct.ref.address.to).toEqual({ channel: "D0WANG" });
    await bot.edit(direct.ref, echo("edited"));
    expect(slack.posts("D0WANG")[0]?.text).toContain("you said edited");
  });

  test.each<[string, SlackFault, Partial<DeliveryError>]>([
    ["429 with its pause", { retryAfter: 7 }, { code: "rate_limited", retryAfterMs: 7_000 }],
    ["429 without one", { retryAfter: null }, { code: "rate_limited", retryAfterMs: null }],
    ["ratelimited in the answer", { error: "ratelimited" }, { code: "rate_limited" }],
    ["a server's fault", { status: 503 }, { code: "unknown_outcome", detail: "http_503" }],
    ["Slack's own fault", { error: "fatal_error" }, { code: "unknown_outcome", detail: "fatal_error" }],
    ["a proxy's page", { garbage: true }, { code: "unknown_outcome" }],
    ["no answer", { hang: true }, { code: "unknown_outcome", detail: "TimeoutError" }],
    [
      "an archived channel",
      { error: "is_archived" },
      { code: "target_gone", detail: "is_archived", refusal: "archived" },
    ],
    ["a muted channel", { error: "restricted_action" }, { code: "forbidden", refusal: "not_allowed" }],
    [
      "a thread that is closed",
      { error: "restricted_action_thread_locked" },
      { code: "target_gone", scope: "message", refusal: null },
    ],
    ["somebody who left", { error: "user_disabled" }, { code: "target_gone", refusal: "person_gone" }],
    [
      "a revoked token",
      { error: "token_revoked" },
      { code: "forbidden", detail: "token_revoked", refusal: null },
    ],
    ["an argument nobody knows", { error: "invalid_arg_name" }, { code: "rejected" }],
  ])("after %s says so", async (_what, fault, expected) => {
    const { slack, bot } = await started(undefined, { timings: { call: 200 } });
    slack.failNext("chat.postMessage", fault);
    expect(await refusal(post(bot))).toMatchObject(expected);
    expect(slack.calls.filter((call) => call.method === "chat.postMessage")).toHaveLength(1);
  });

  test("cut after Slack took it is an unknown outcome and is not repeated", async () => {
    const { slack, bot } = await started();
    slack.failNext("chat.postMessage", { cutAfterAccept: true });
    expect(await refusal(post(bot))).toMatchObject({ code: "unknown_outcome" });
    expect(slack.posts(CHANNEL)).toHaveLength(1);
  });

  test("refused blocks are sent once more in plain form", async () => {
    const { slack, bot, captured } = await started();
    slack.failNext("chat.postMessage", { error: "invalid_blocks" });
    await post(bot);
    const [plain] = slack.posts(CHANNEL);
    expect(plain?.payload).toMatchObject({ blocks: [{ type: "section" }] });
    expect(plain?.text).toContain("Next: next digest");
    expect(captured.lines.join("\n")).toContain("invalid_blocks");
    slack.failNext("chat.postMessage", { error: "msg_blocks_too_long" });
    slack.failNext("chat.postMessage", { error: "invalid_blocks" });
    expect(await refusal(post(bot))).toMatchObject({ code: "rejected", detail: "invalid_blocks" });
  });

  test("says where it cannot go", async () => {
    const { slack, bot } = await started();
    slack.addChannel({ id: "C0ELSE", member: false, archived: false });
    const to = (channel: string): Address => ({ ...TO, to: { channel } });
    expect(await refusal(post(bot, to("C0ELSE")))).toMatchObject({
      code: "forbidden",
      refusal: "not_member",
    });
    expect(await refusal(post(bot, to("C0NOWHERE")))).toMatchObject({
      code: "target_gone",
      refusal: "not_found",
    });
    expect(await refusal(post(bot, { ...TO, thread: "1.000001" }))).toMatchObject({ code: "target_gone" });
    const calls = slack.calls.length;
    const elsewhere = await refusal(post(bot, { ...TO, workspace: "T0OTHER" }));
    expect(elsewhere).toMatchObject({ code: "target_gone" });
    expect(elsewhere.detail).toContain("T0OTHER");
    expect(slack.calls).toHaveLength(calls);
  });

  test("before the start, or to a machine that is not there, was surely not sent", async () => {
    const { bot, slack } = await bench();
    expect(await refusal(post(bot))).toMatchObject({ code: "unreachable" });
    await bot.start(async () => undefined);
    await slack.close();
    // The first may still go out on the connection that was just cut, and then nobody knows.
    await refusal(post(bot));
    expect(await refusal(post(bot))).toMatchObject({ code: "unreachable", detail: "ECONNREFUSED" });
  });
});

describe("editing", () => {
  test("replaces the message, and a message that is gone is told as such", async () => {
    const { slack, bot } = await started();
    const { ref } = await post(bot);
    await bot.edit(ref, echo("again"));
    expect(slack.posts(CHANNEL).map(({ text, key }) => [text.includes("again"), key])).toEqual([
      [true, "d:1"],
    ]);
    expect(slack.calls.at(-1)?.params["parse"]).toBe("none");
    const gone = await refusal(bot.edit({ ...ref, id: "1.000001" }, echo("x")));
    expect(gone).toMatchObject({ code: "target_gone", detail: "message_not_found" });
  });
});

describe("a reply", () => {
  test("that cannot be posted tells the bot why", async () => {
    const reasons: unknown[] = [];
    const { slack } = await started(async (inbound) => {
      try {
        await inbound.reply(echo("x"), { audience: "channel" });
      } catch (error) {
        reasons.push(error);
        await inbound.reply(echo("y"), { audience: "channel" });
      }
    });
    slack.failNext("chat.postMessage", { error: "is_archived" });
    await slack.mention("board");
    expect(reasons).toMatchObject([{ code: "target_gone" }]);
  });

  test("refused at the response address goes out in plain form", async () => {
    const { slack } = await started();
    const first = await slack.mention("list");
    slack.failNext("response_url", { error: "invalid_blocks" });
    const answer = await slack.click(first, "Next");
    expect(answer.payload).toMatchObject({ blocks: [{ type: "section" }], replace_original: true });
  });

  test("to an address that has had its five calls is told that it is gone", async () => {
    const { promise: reason, resolve } = Promise.withResolvers<unknown>();
    const { slack } = await started(async (inbound) => {
      const reply = () => inbound.reply(echo("x"), { audience: "caller" });
      if (inbound.via !== "click") return reply();
      for (let call = 0; call < 5; call += 1) await reply();
      return reply().catch(resolve);
    });
    await slack.click(await slack.mention("list"), "Share");
    expect(await reason).toMatchObject({ code: "target_gone", detail: "used_url" });
  });
});
