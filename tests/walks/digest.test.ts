import { afterEach, expect, test } from "vitest";
import { MONDAY, shenzhen } from "../support/books.ts";
import { FAKE_CHAT, startFakeFeishu } from "../support/fake-feishu.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { TEAM } from "../support/fake-slack-state.ts";
import { startFakeSlack } from "../support/fake-slack.ts";
import { walk } from "../support/running.ts";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const SLACK = `slack:${TEAM}:${CHANNEL}`;
const FEISHU = `feishu:${FAKE_CHAT}`;

async function both(digestTo: readonly string[], clock: () => Date = () => MONDAY) {
  const slack = await startFakeSlack(MONDAY);
  const feishu = await startFakeFeishu({ now: () => MONDAY });
  const qushi = await walk({
    dataset: shenzhen,
    slack: slack.credentials,
    feishu: { appId: feishu.appId, appSecret: feishu.appSecret, domain: feishu.url },
    digestTo,
    clock,
  });
  cleanups.push(
    () => slack.close(),
    () => feishu.close(),
    () => qushi.running.stop(),
  );
  await Promise.all([slack.nextGreeting(), feishu.connected()]);
  return { slack, feishu, qushi };
}

test("Monday's digest arrives once on each platform, with its replies in the thread below it", async () => {
  const { slack, feishu, qushi } = await both([SLACK, FEISHU, "terminal"]);
  const { tick, pump } = qushi.running;
  await tick(MONDAY);
  await pump();
  await Promise.all([tick(MONDAY), tick(MONDAY)]);
  await pump();

  for (const posts of [slack.posts(CHANNEL), feishu.posts(FAKE_CHAT)]) {
    const [parent, ...replies] = posts;
    expect(parent?.thread).toBeNull();
    expect(parent?.text).toContain("44 项承诺 · 11 个区：未评定 35 · 不可核 9");
    expect(parent?.text).toContain("GM-001");
    expect(parent?.text).toContain("2026-11-30");
    expect(replies).toHaveLength(2);
    for (const reply of replies) expect(reply.thread).not.toBeNull();
    expect(replies.at(-1)?.text).toContain("GM-002");
  }
  expect(
    slack
      .posts(CHANNEL)
      .slice(1)
      .map(({ thread }) => thread),
  ).toEqual(Array(2).fill(slack.posts(CHANNEL)[0]?.id));
  expect(qushi.printed().match(/44 项承诺 · 11 个区/g)).toHaveLength(1);
});

test("a minute before and a minute after nothing is sent", async () => {
  const { slack, feishu, qushi } = await both([SLACK, FEISHU], () => new Date(MONDAY.getTime() - 60_000));
  await qushi.running.tick(new Date(MONDAY.getTime() - 60_000));
  await qushi.running.pump();
  expect([...slack.posts(CHANNEL), ...feishu.posts(FAKE_CHAT)]).toEqual([]);
});

test("one platform that refuses holds up neither the other nor the answers", async () => {
  const { slack, feishu, qushi } = await both([SLACK, FEISHU]);
  slack.failNext("chat.postMessage", { error: "channel_not_found" });
  await qushi.running.tick(MONDAY);
  await qushi.running.pump();
  expect(slack.posts(CHANNEL)).toEqual([]);
  expect(feishu.posts(FAKE_CHAT)).toHaveLength(3);
  expect((await slack.ask("gm1", "slash")).text).toContain("19 EFLOPS");
});

test("a reply that is cut after Slack accepted it is never sent again", async () => {
  const { slack, qushi } = await both([SLACK]);
  slack.failNext("chat.postMessage", { cutAfterAccept: true });
  await qushi.running.tick(MONDAY);
  await qushi.running.pump();
  expect(slack.posts(CHANNEL)).toHaveLength(1);
});
