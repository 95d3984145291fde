import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Person } from "../../src/core/place.ts";
import { lanting } from "../support/books.ts";
import { FAKE_CHAT, FAKE_USER, startFakeFeishu } from "../support/fake-feishu.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { BOT_USER, TEAM } from "../support/fake-slack-state.ts";
import { startFakeSlack } from "../support/fake-slack.ts";
import { ID } from "../support/life-story.ts";
import { walk } from "../support/running.ts";

/** An hour before the program came back, on the day before in Shenzhen. */
const TYPED = new Date("2026-07-01T15:30:00Z");
const BACK = new Date("2026-07-01T16:30:00Z");
const LINE = `填报 ${ID} 8.2 EFLOPS 来源:https://data.lanting.example/06 级别:E3`;
const WANG: Person = { platform: "slack", workspace: TEAM, id: USER };
const LI: Person = { platform: "feishu", workspace: null, id: FAKE_USER };

/** A Qushi that has just come back, and both chats as they were while it was away. */
async function back() {
  let typedAt = TYPED;
  // Its messages carry the time they were typed at; a slash command is always of now.
  const slack = await startFakeSlack(TYPED);
  const feishu = await startFakeFeishu({ now: () => typedAt });
  const store = await openSqlite({ file: ":memory:" });
  const qushi = await walk({
    dataset: lanting,
    slack: slack.credentials,
    feishu: feishu.credentials,
    admins: [WANG, LI],
    store,
    clock: () => BACK,
  });
  onTestFinished(async () => {
    await qushi.running.stop();
    await Promise.all([slack.close(), feishu.close()]);
  });
  await Promise.all([slack.nextGreeting(), feishu.connected()]);
  const typeAt = (at: Date): void => {
    typedAt = at;
  };
  return { slack, feishu, store, typeAt };
}

test("a reading typed while Slack was away is recorded with its own time, marked late, once", async () => {
  const { slack, store } = await back();
  expect((await slack.mention(LINE)).text).toContain("8.2 EFLOPS");
  await slack.redeliver();
  await slack.settled();
  // Read as of the day it was typed, not of the day it arrived.
  const [entry, ...more] = await store.ledger(0, 10);
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    type: "reading",
    effectiveOn: "2026-07-01",
    data: { late: true, asOf: "2026-07-01" },
  });
  // The fake counts seconds from then.
  expect((entry?.at.getTime() ?? 0) - TYPED.getTime()).toBeLessThan(60_000);
  expect((await slack.slash(`show ${ID} history`)).text).toMatch(/late/u);
});

test("a reading typed while Feishu was away likewise", async () => {
  const { feishu, store } = await back();
  expect((await feishu.mention(LINE)).text).toContain("8.2 EFLOPS");
  await feishu.redeliver();
  expect(await store.ledger(0, 10)).toMatchObject([
    { type: "reading", at: TYPED, effectiveOn: "2026-07-01", data: { late: true, asOf: "2026-07-01" } },
  ]);
});

test("what is nine minutes old is not late", async () => {
  const { feishu, store, typeAt } = await back();
  typeAt(new Date(BACK.getTime() - 9 * 60_000));
  await feishu.mention(LINE);
  expect(await store.ledger(0, 10)).toMatchObject([
    { type: "reading", at: BACK, effectiveOn: "2026-07-02", data: { late: false } },
  ]);
});

test("a late question is dropped on either platform; a prompt one is answered", async () => {
  const { slack, feishu, typeAt } = await back();
  await slack.event({
    type: "app_mention",
    user: USER,
    text: `<@${BOT_USER}> 详情 ${ID}`,
    ts: `${TYPED.getTime() / 1_000}.000009`,
    channel: CHANNEL,
    team: TEAM,
  });
  await slack.settled();
  await feishu.say(`详情 ${ID}`, "mention");
  // What is asked now is answered, and nothing else.
  typeAt(BACK);
  await feishu.mention(`详情 ${ID}`);
  expect((await slack.slash(`详情 ${ID}`)).text).toContain("LT-004");
  expect(slack.calls.filter(({ method }) => method === "chat.postMessage")).toEqual([]);
  expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
});

test("a late line that cannot be recorded is told why", async () => {
  const { feishu, store } = await back();
  expect((await feishu.mention(LINE.replace("8.2", "10²"))).text).toContain("unreadable_figure");
  expect(await store.ledger(0, 10)).toEqual([]);
});
