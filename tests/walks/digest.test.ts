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

/** Started a minute before Monday's digest is due; `arrive` moves the clock there. */
async function both(digestTo: readonly string[]) {
  let now = new Date(MONDAY.getTime() - 60_000);
  const slack = await startFakeSlack(MONDAY);
  const feishu = await startFakeFeishu({ now: () => MONDAY });
  const qushi = await walk({
    dataset: shenzhen,
    slack: slack.credentials,
    feishu: feishu.credentials,
    digestTo,
    clock: () => now,
  });
  cleanups.push(
    () => slack.close(),
    () => feishu.close(),
    () => qushi.running.stop(),
  );
  await Promise.all([slack.nextGreeting(), feishu.connected()]);
  const arrive = (): Promise<number> => {
    now = MONDAY;
    return qushi.running.tick(MONDAY);
  };
  /** Sends what is due, and a moment later what the budget of a channel had put off. */
  const sendAll = async (): Promise<void> => {
    for (let count = 0; count < 4; count += 1) {
      await qushi.running.pump();
      now = new Date(now.getTime() + 2_000);
    }
  };
  return { slack, feishu, qushi, arrive, sendAll };
}

test("Monday's digest arrives once on each platform, with its replies in the thread below it", async () => {
  const { slack, feishu, qushi, arrive, sendAll } = await both([SLACK, FEISHU, "terminal"]);
  const { tick } = qushi.running;
  await arrive();
  await sendAll();
  await Promise.all([tick(MONDAY), tick(MONDAY)]);
  await sendAll();

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

test("a minute before nothing is sent", async () => {
  const { slack, feishu, qushi } = await both([SLACK, FEISHU]);
  await qushi.running.tick(new Date(MONDAY.getTime() - 60_000));
  await qushi.running.pump();
  expect([...slack.posts(CHANNEL), ...feishu.posts(FAKE_CHAT)]).toEqual([]);
});

test("one platform that refuses holds up neither the other nor the answers", async () => {
  const { slack, feishu, qushi, arrive } = await both([SLACK, FEISHU]);
  slack.failNext("chat.postMessage", { error: "channel_not_found" });
  await arrive();
  await qushi.running.pump();
  expect(slack.posts(CHANNEL)).toEqual([]);
  expect(feishu.posts(FAKE_CHAT)).toHaveLength(3);
  expect((await slack.ask("gm1", "slash")).text).toContain("19 EFLOPS");
});

test("a reply that is cut after Slack accepted it is never sent again", async () => {
  const { slack, arrive, sendAll } = await both([SLACK]);
  slack.failNext("chat.postMessage", { cutAfterAccept: true });
  await arrive();
  // Past every first pause after which something is tried again or looked for.
  for (let round = 0; round < 5; round += 1) await sendAll();
  expect(slack.posts(CHANNEL)).toHaveLength(1);
});
