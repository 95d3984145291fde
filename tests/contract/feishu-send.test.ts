import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Address } from "../../src/core/place.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_CHAT, startFakeFeishu } from "../support/fake-feishu.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { echo, echoBot } from "../support/fake-feishu-bot.ts";

const group: Address = { platform: "feishu", workspace: null, to: { channel: FAKE_CHAT }, thread: null };

const text = (line: string) => ({ type: "text" as const, lines: [[line]] });

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

  it("may be held back by the content check in its plain form", async () => {
    feishu.failNext("create", { code: 230099 });
    feishu.failNext("create", { code: 230022 });
    await bot.platform.post(group, echo("GM-001"), "k");
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
    expect(feishu.posts(FAKE_CHAT)[0]?.text).toContain("Feishu's word check");
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

describe("what Feishu's content check holds back", () => {
  const digest = {
    ...echo("x"),
    summary: "2 项承诺",
    title: "GM-001 光明区",
    blocks: [text("LT-004：电话 13800000000")],
  };

  it.each([
    [230022, "敏感词"],
    [230028, "数据防泄漏"],
  ])("(%i) is told by its ids, with the reason", async (code, why) => {
    feishu.failNext("create", { code });
    await bot.platform.post(group, digest, "k");
    const [post] = feishu.posts(FAKE_CHAT);
    expect(post?.text).toContain(why);
    expect(post?.text).toContain("GM-001、LT-004");
    expect(post?.text).toContain("详情 GM-001");
    expect(post?.text).not.toContain("13800000000");
  });

  it("is told in English where the message was English, and by its reason alone without ids", async () => {
    feishu.failNext("create", { code: 230028 });
    await bot.platform.post(group, echo("x"), "k");
    expect(feishu.posts(FAKE_CHAT)[0]?.text).toContain("Feishu's data leak rules");
  });

  it("is tried in that form once only", async () => {
    feishu.failNext("create", { code: 230022 });
    feishu.failNext("create", { code: 230022 });
    await expect(bot.platform.post(group, digest, "k")).rejects.toMatchObject({ code: "rejected" });
    expect(feishu.calls.filter(({ endpoint }) => endpoint === "create")).toHaveLength(2);
  });
});

describe("edits", () => {
  it("of a message too old to be edited are refused for that message alone", async () => {
    const { ref } = await bot.platform.post(group, echo("x"), "k");
    feishu.failNext("update", { code: 230031 });
    await expect(bot.platform.edit(ref, echo("y"))).rejects.toMatchObject({
      code: "target_gone",
      scope: "message",
    });
  });

  it("of one message follow each other as fast as Feishu takes them", async () => {
    const real = await startFakeFeishu({ now: () => new Date() });
    const other = echoBot(real);
    await other.start();
    real.limits(true);
    const { ref } = await other.platform.post(group, echo("0"), "k");
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((each) => other.platform.edit(ref, echo(String(each)))));
    expect(real.throttled()).toBe(0);
    expect(real.posts(FAKE_CHAT)).toMatchObject([{ edits: 7 }]);
    expect(real.posts(FAKE_CHAT)[0]?.text).toContain("you said 7");
    await other.stop();
    await real.close();
  });
});
