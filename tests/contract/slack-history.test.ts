import { describe, expect, test } from "vitest";
import type { Address } from "../../src/core/place.ts";
import type { Message } from "../../src/message/message.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { TEAM, type SlackFault } from "../support/fake-slack-state.ts";
import { bench, echo, NOW, started } from "../support/fake-slack-bot.ts";

const TO: Address = { platform: "slack", workspace: TEAM, to: { channel: CHANNEL }, thread: null };
const HISTORY = { scopes: ["channels:history"] };

describe("what the app may do", () => {
  test("follows from what the admin has granted", async () => {
    const { slack, bot } = await bench();
    expect(bot.abilities).toMatchObject({ forms: "modal", files: false, find: "none", reads: false });
    slack.scopes.add("files:write");
    await bot.start(async () => undefined);
    expect(bot.abilities).toMatchObject({ files: true, filesNeed: null, find: "none", reads: false });
    await bot.stop();
    slack.scopes.delete("files:write");
    slack.scopes.add("channels:history");
    await bot.start(async () => undefined);
    expect(bot.abilities).toMatchObject({
      files: false,
      filesNeed: "files:write",
      find: "history",
    });
  });
});

describe("an unconfirmed delivery", () => {
  test("that arrived is found by its key, in the channel and in a thread", async () => {
    const { slack, bot } = await started(undefined, HISTORY);
    slack.failNext("chat.postMessage", { cutAfterAccept: true });
    await expect(bot.post(TO, echo("digest"), "d:1")).rejects.toMatchObject({ code: "unknown_outcome" });
    const [post] = slack.posts(CHANNEL);
    expect(await bot.find(TO, "d:1", NOW)).toEqual({
      state: "posted",
      ref: { address: TO, id: post?.id },
    });
    const thread: Address = { ...TO, thread: post?.id ?? "" };
    slack.failNext("chat.postMessage", { cutAfterAccept: true });
    await expect(bot.post(thread, echo("details"), "d:2")).rejects.toMatchObject({ code: "unknown_outcome" });
    expect(await bot.find(thread, "d:2", NOW)).toMatchObject({ state: "posted", ref: { address: thread } });
    expect(await bot.find(TO, "d:2", NOW)).toEqual({ state: "absent" });
  });

  test("that did not arrive is absent, once the whole range was read", async () => {
    const { slack, bot } = await started(undefined, HISTORY);
    for (let count = 0; count < 250; count += 1) await bot.post(TO, echo(`post ${count}`), `d:${count}`);
    expect(await bot.find(TO, "d:none", NOW)).toEqual({ state: "absent" });
    expect(await bot.find(TO, "d:0", NOW)).toMatchObject({ state: "posted" });
    const pages = slack.calls.filter(({ method }) => method === "conversations.history");
    expect(pages).toHaveLength(4);
    expect(pages[0]?.params).toMatchObject({ channel: CHANNEL, include_all_metadata: "true" });
  });

  test("posted by somebody else under our key is not ours", async () => {
    const { slack, bot } = await started(undefined, HISTORY);
    await slack.talk("d:1");
    expect(await bot.find(TO, "d:1", NOW)).toEqual({ state: "absent" });
  });

  test.each<[string, Address, SlackFault | null]>([
    ["the scope is missing", TO, { error: "missing_scope" }],
    ["the bot is not in the channel", { ...TO, to: { channel: "C0ELSE" } }, null],
    ["the channel is gone", { ...TO, to: { channel: "C0NOWHERE" } }, null],
    ["it is in direct messages that cannot be opened", { ...TO, to: { person: USER } }, null],
  ])("is unknown where %s", async (_why, to, fault) => {
    const { slack, bot } = await started(undefined, HISTORY);
    slack.addChannel({ id: "C0ELSE", member: false, archived: false });
    if (fault !== null) slack.failNext("conversations.history", fault);
    expect(await bot.find(to, "d:1", NOW)).toEqual({ state: "unknown" });
  });

  test("in a private channel is unknown without groups:history, and found with it", async () => {
    const { slack, bot } = await started(undefined, HISTORY);
    slack.addChannel({ id: "G0INNER", member: true, archived: false });
    const to: Address = { ...TO, to: { channel: "G0INNER" } };
    await bot.post(to, echo("x"), "d:1");
    expect(await bot.find(to, "d:1", NOW)).toEqual({ state: "unknown" });
    slack.scopes.add("groups:history");
    expect(await bot.find(to, "d:1", NOW)).toMatchObject({ state: "posted" });
  });

  test.each<[string, SlackFault, object]>([
    ["Slack is busy", { retryAfter: 3 }, { code: "rate_limited", retryAfterMs: 3_000 }],
    ["Slack is at fault", { status: 503 }, { code: "unknown_outcome" }],
    ["the token is revoked", { error: "token_revoked" }, { code: "forbidden", scope: "all" }],
  ])("may be looked for again where %s", async (_why, fault, expected) => {
    const { slack, bot } = await started(undefined, HISTORY);
    slack.failNext("conversations.history", fault);
    await expect(bot.find(TO, "d:1", NOW)).rejects.toMatchObject(expected);
  });

  test("to a person is found once it is known where their direct messages are", async () => {
    const { bot, slack } = await started(undefined, HISTORY);
    await slack.direct("board");
    const to: Address = { ...TO, to: { person: USER } };
    await bot.post(to, echo("x"), "d:1");
    expect(await bot.find(to, "d:1", NOW)).toMatchObject({
      state: "posted",
      ref: { address: { to: { channel: "D0WANG" } } },
    });
  });
});

describe("a file", () => {
  const csv: Message = {
    ...echo("导出"),
    files: [{ name: "gm.csv", mime: "text/csv", content: "编号,数值\nGM-001,8.2\n" }],
  };
  const exporting = { scopes: ["files:write"] };

  test.each(["slash", "mention", "direct"] as const)(
    "by %s goes to the asker's direct messages",
    async (how) => {
      const { slack, bot } = await started(
        (inbound) => inbound.reply(csv, { audience: "caller" }),
        exporting,
      );
      const answer = await slack[how]("export");
      expect(answer.text).toContain("you said 导出");
      await bot.stop();
      expect(slack.uploads).toEqual([
        { filename: "gm.csv", bytes: "编号,数值\nGM-001,8.2\n", channel: "D0WANG", thread: null },
      ]);
      expect(slack.calls.map(({ method }) => method)).not.toContain("conversations.open");
    },
  );

  test("asks for the direct messages where that is granted, and says nothing there", async () => {
    const { slack, bot } = await started((inbound) => inbound.reply(csv, { audience: "caller" }), {
      scopes: ["files:write", "im:write"],
    });
    await slack.slash("export");
    await bot.stop();
    expect(slack.uploads).toHaveLength(1);
    expect(slack.calls.map(({ method }) => method)).not.toContain("chat.postMessage");
  });

  test("with a post goes into its thread", async () => {
    const { slack, bot } = await started(undefined, exporting);
    const { ref } = await bot.post(TO, csv, "d:1");
    await bot.stop();
    expect(slack.uploads).toMatchObject([{ filename: "gm.csv", channel: CHANNEL, thread: ref.id }]);
  });

  test.each<[string, readonly string[], string, SlackFault | null, string]>([
    ["the scope is missing", [], "", null, "files:write"],
    [
      "uploads are turned off",
      ["files:write"],
      "files.getUploadURLExternal",
      { error: "file_uploads_disabled" },
      "关闭了文件上传",
    ],
    ["the upload fails", ["files:write"], "upload", { status: 500 }, "http_500"],
    [
      "the bot is not there",
      ["files:write"],
      "files.completeUploadExternal",
      { error: "not_in_channel" },
      "/invite",
    ],
  ])(
    "that cannot be sent because %s leaves the answer and a line that says why",
    async (_why, scopes, method, fault, says) => {
      const { slack, bot } = await started((inbound) => inbound.reply(csv, { audience: "channel" }), {
        scopes,
      });
      if (fault !== null) slack.failNext(method, fault);
      const answer = await slack.mention("export");
      expect(answer.text).toContain("you said 导出");
      await bot.stop();
      const said = slack.posts(CHANNEL).at(-1);
      expect(said?.thread).toBe(answer.thread);
      expect(said?.text).toContain("gm.csv");
      expect(said?.text).toContain(says);
      expect(slack.uploads).toEqual([]);
    },
  );
});

describe("a link to a message", () => {
  test("is made without asking, in a thread with its parent", async () => {
    const { slack, bot } = await bench();
    const ref = { address: TO, id: "1767575221.000100" };
    expect(bot.link(ref)).toBeNull();
    await bot.start(async () => undefined);
    const calls = slack.calls.length;
    const link = bot.link(ref) ?? "";
    expect(link).toMatch(new RegExp(`^https?://[^/]+/archives/${CHANNEL}/p1767575221000100$`));
    const reply = { ...ref, address: { ...TO, thread: ref.id }, id: "1767575300.000200" };
    const path = `p1767575300000200?thread_ts=1767575221.000100&cid=${CHANNEL}`;
    expect(bot.link(reply)).toBe(link.replace("p1767575221000100", path));
    expect(bot.link({ ...ref, address: { ...TO, workspace: "T0OTHER" } })).toBeNull();
    expect(slack.calls).toHaveLength(calls);
  });
});
