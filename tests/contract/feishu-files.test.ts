import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../src/message/message.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_CHAT, startFakeFeishu } from "../support/fake-feishu.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { echo, echoBot } from "../support/fake-feishu-bot.ts";

const files = [{ name: "承诺 2026.csv", mime: "text/csv", content: "\u{FEFF}id,标题\r\nGM-001,算力\r\n" }];
const withFile = (line: string): Message => ({ ...echo(line), files });

let feishu: FakeFeishu;
let bot: EchoBot;

beforeEach(async () => {
  feishu = await startFakeFeishu();
  bot = echoBot(feishu, { onInbound: ({ line, reply }) => reply(withFile(line), { audience: "channel" }) });
  await bot.start();
});

afterEach(async () => {
  await bot.stop();
  await feishu.close();
});

describe("a file", () => {
  it("asked for in a group goes to the asker's direct messages, whole and under its name", async () => {
    await feishu.mention("export", { user: "ou_chen" });
    await expect.poll(() => feishu.files).toHaveLength(1);
    expect(feishu.files).toEqual([
      { name: "承诺 2026.csv", bytes: files[0]?.content, chat: feishu.chatWith("ou_chen") },
    ]);
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
  });

  it("is sent once when the line comes again", async () => {
    await feishu.mention("export");
    await expect.poll(() => feishu.files).toHaveLength(1);
    await feishu.redeliver();
    await feishu.direct("export");
    await expect.poll(() => feishu.files).toHaveLength(2);
  });

  it("may follow a click that replaces", async () => {
    const card = await feishu.mention("gm1");
    const { answer, reply } = await feishu.click(card, "Next page");
    expect(answer).toEqual({});
    expect(reply).toMatchObject({ id: card.id, edits: 1 });
    await expect.poll(() => feishu.files).toHaveLength(2);
  });

  it("of a post stands in the post's chat", async () => {
    const to = { platform: "feishu" as const, workspace: null, to: { channel: FAKE_CHAT }, thread: null };
    await bot.platform.post(to, withFile("digest"), "k1");
    expect(feishu.files).toMatchObject([{ chat: FAKE_CHAT }]);
  });

  it("that the app may not send leaves a line that names the scope, and says so in the abilities", async () => {
    expect(bot.platform.abilities).toMatchObject({ files: true, filesNeed: null });
    feishu.scopes.delete("im:resource");
    const answer = await feishu.mention("export");
    expect(answer.text).toContain("you said export");
    expect(answer.text).toContain("im:resource");
    expect(bot.platform.abilities).toMatchObject({ files: false, filesNeed: "im:resource" });
  });

  it("is known to be impossible from the start, and to be possible with either scope", async () => {
    for (const [scopes, need] of [
      [[], "im:resource"],
      [["im:resource:upload"], null],
    ] as const) {
      await bot.stop();
      feishu.scopes.delete("im:resource");
      for (const scope of scopes) feishu.scopes.add(scope);
      await bot.start();
      expect(bot.platform.abilities).toMatchObject({ files: need === null, filesNeed: need });
    }
  });

  it("is offered where Feishu does not tell what was granted", async () => {
    await bot.stop();
    feishu.failNext("scopes", { code: 212100 });
    await bot.start();
    expect(bot.platform.abilities.files).toBe(true);
  });

  it("that cannot be sent to the asker is told where they asked", async () => {
    feishu.failNext("create", { code: 230013, msg: "Bot has NO availability to this user." });
    const [answer, apology] = [
      feishu.next(() => true),
      feishu.next((post) => post.text.includes("did not reach")),
    ];
    await feishu.say("export", "mention");
    expect((await apology).parent).toBe((await answer).parent);
    expect(feishu.files).toEqual([]);
  });

  it("arrives in spite of a throttled chat and a cut upload", async () => {
    feishu.failNext("file", { cutAfterAccept: true });
    feishu.failNext("create", { code: 230020 });
    await feishu.mention("export");
    await expect.poll(() => feishu.files, { timeout: 5_000 }).toHaveLength(1);
  });

  it("that fails otherwise leaves a line too, and the answer is there", async () => {
    feishu.failNext("file", { code: 234006, msg: "The file size exceed the max value." });
    const answer = await feishu.mention("export");
    expect(answer.text).toContain("承诺 2026.csv");
    expect(answer.text).not.toContain("im:resource");
    expect(bot.platform.abilities.files).toBe(true);
  });
});
