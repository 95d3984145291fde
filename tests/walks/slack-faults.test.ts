import { describe, expect, test } from "vitest";
import { lanting, shenzhen } from "../support/books.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { MODES, slackWalk } from "../support/fake-slack-walk.ts";

const WEEKLY = "周报 设置 每周一 9:07 无变化:说明";
const WEEK_S = 7 * 24 * 3_600;

describe.each(MODES)("by %s", (mode) => {
  test("a digest whose reply is cut, hangs or is answered by a proxy stands once, where the history may be read", async () => {
    const { slack, store, pass } = await slackWalk(mode, { scopes: ["channels:history"] });
    await slack.mention(WEEKLY);
    const before = slack.posts(CHANNEL).length;
    slack.failNext("chat.postMessage", { cutAfterAccept: true });
    slack.failNext("chat.postMessage", { status: 503 });
    slack.failNext("chat.postMessage", { garbage: true });
    await pass(WEEK_S);
    for (let minute = 0; minute < 12; minute += 1) await pass(60);
    const posts = slack.posts(CHANNEL).slice(before);
    expect(posts.filter(({ thread }) => thread === null)).toHaveLength(1);
    expect(new Set(posts.map(({ key }) => key)).size).toBe(posts.length);
    const rows = await store.outbox({ states: ["waiting", "sending", "unconfirmed", "failed"], limit: 10 });
    expect(rows).toEqual([]);
  });

  test("without the right to read, what is not confirmed is not sent again, and shows", async () => {
    const { slack, store, pass } = await slackWalk(mode);
    await slack.mention(WEEKLY);
    const before = slack.posts(CHANNEL).length;
    slack.failNext("chat.postMessage", { cutAfterAccept: true });
    await pass(WEEK_S);
    for (let minute = 0; minute < 12; minute += 1) await pass(60);
    expect(
      slack
        .posts(CHANNEL)
        .slice(before)
        .filter(({ thread }) => thread === null),
    ).toHaveLength(1);
    expect(await store.outbox({ states: ["unconfirmed"], limit: 10 })).toHaveLength(1);
    expect((await slack.slash("admin outbox list")).text).toMatch(/unconfirmed/iu);
  });

  test("one 429 puts off its channel only, and no answer to a command", async () => {
    const { slack, pass } = await slackWalk(mode);
    slack.addChannel({ id: "C0OTHER", member: true, archived: false });
    await slack.mention(WEEKLY);
    await slack.mention(WEEKLY, { channel: "C0OTHER" });
    const counts = () => [CHANNEL, "C0OTHER"].map((channel) => slack.posts(channel).length);
    const before = counts();
    slack.failNext("chat.postMessage", { retryAfter: 30 });
    await pass(WEEK_S);
    expect((await slack.slash("gm1")).through).toBe("acknowledgement");
    const during = counts().map((count, at) => count > (before[at] ?? 0));
    expect(during.toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true]);
    await pass(31);
    expect(counts().every((count, at) => count > (before[at] ?? 0))).toBe(true);
  });

  test("a table that Slack refuses is told once more in plain form", async () => {
    const { slack } = await slackWalk(mode);
    slack.failNext("chat.postMessage", { error: "invalid_blocks" });
    const told = await slack.mention("看板");
    expect(told.text).toContain(String(shenzhen.commitments.length));
    expect(JSON.stringify(told.payload)).not.toContain('"table"');
  });

  test("words that would mention, link or format do nothing of it", async () => {
    const { slack, store } = await slackWalk(mode, { dataset: lanting });
    const evil = "已查无新 <!channel> <@U0LIU> *bold* &amp; <https://evil.example|here> `x`";
    await slack.slash(`备注 LT-004 ${evil}`);
    expect(await store.ledger(0, 1)).toHaveLength(1);
    // The fake refuses every payload that mentions somebody by anything but their id as a person (fake-slack-rules.ts).
    const told = await slack.mention("历程 LT-004");
    expect(told.text).toContain("<!channel>");
    expect(JSON.stringify(told.payload)).not.toContain('"user_id":"U0LIU"');
  });
});

describe("the socket", () => {
  test("is lost before an event is acknowledged: it comes again on the next one and is answered once", async () => {
    const { slack, store } = await slackWalk("socket");
    const asked = slack.mention("订阅 区:光明 提前:30天");
    await slack.cutConnection();
    expect((await asked).text).toContain("S-1");
    await slack.redeliver();
    await slack.mention("gm1");
    expect(await store.subscriptions("all")).toHaveLength(1);
    expect(slack.posts(CHANNEL)).toHaveLength(2);
  });

  test("is refreshed in the middle of a digest: everything arrives, once", async () => {
    const { slack, pass } = await slackWalk("socket");
    await slack.mention(WEEKLY);
    const before = slack.posts(CHANNEL).length;
    const sent = pass(WEEK_S);
    await slack.disconnect("refresh_requested");
    await sent;
    await pass(60);
    const posts = slack.posts(CHANNEL).slice(before);
    expect(posts.length).toBeGreaterThan(0);
    expect(new Set(posts.map(({ key }) => key)).size).toBe(posts.length);
  });
});
