import { afterEach, describe, expect, test } from "vitest";
import { answer } from "../../src/bot/answer.ts";
import type { Person } from "../../src/core/place.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { StoreError } from "../../src/store/store.ts";
import { ask, deskOf, MONDAY, shenzhen } from "../support/books.ts";
import { feishuWalk } from "../support/fake-feishu-walk.ts";
import { FAKE_USER, startFakeFeishu } from "../support/fake-feishu.ts";
import { USER } from "../support/fake-slack-people.ts";
import { TEAM } from "../support/fake-slack-state.ts";
import { slackWalk } from "../support/fake-slack-walk.ts";
import { startFakeSlack } from "../support/fake-slack.ts";
import { walk } from "../support/running.ts";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const WANG: Person = { platform: "slack", workspace: TEAM, id: USER };
const LI: Person = { platform: "feishu", workspace: null, id: FAKE_USER };

/** One Qushi on both fakes, to which not every scope was granted. */
async function both(admins: readonly Person[] = [WANG, LI]) {
  let now = MONDAY;
  const slack = await startFakeSlack(MONDAY, { now: () => now });
  const feishu = await startFakeFeishu({ now: () => now });
  feishu.scopes.delete("im:resource");
  const store = await openSqlite({ file: ":memory:" });
  const { running } = await walk({
    dataset: shenzhen,
    slack: slack.credentials,
    feishu: feishu.credentials,
    admins,
    store,
    clock: () => now,
  });
  cleanups.push(
    () => slack.close(),
    () => feishu.close(),
    () => running.stop(),
  );
  await Promise.all([slack.nextGreeting(), feishu.connected()]);
  const pass = async (minutes: number): Promise<void> => {
    now = new Date(now.getTime() + minutes * 60_000);
    await running.tick(now);
    await running.pump();
  };
  /** The clock goes on, and nobody looks at the schedule. */
  const stall = (minutes: number): void => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  return { slack, feishu, store, running, pass, stall };
}

const DOCTOR = (await deskOf(shenzhen)).commands.find(({ name }) => name === "admin doctor");
const EXAMPLES = (["zh", "en"] as const).map((lang) => [lang, DOCTOR?.examples[lang][0] ?? ""] as const);

describe.each(EXAMPLES)("the example in %s", (lang, line) => {
  const title = lang === "zh" ? "体检：没有故障" : "Doctor: no faults";
  const missing = lang === "zh" ? "权限：没有 im:resource" : "scopes: im:resource is not granted";

  test("answers at every door, the asker alone, and asks no platform for it", async () => {
    const { slack, feishu, running } = await both();
    const [slackCalls, feishuCalls] = [slack.calls.length, feishu.calls.length];
    const slash = await slack.ask(line, "slash");
    expect(slash.payload).toMatchObject({ response_type: "ephemeral" });
    expect(slash.text).toContain(title);
    expect(slash.text).toContain(missing);
    expect(slash.text).toContain("files:write");
    expect(slack.calls).toHaveLength(slackCalls);
    expect(feishu.calls).toHaveLength(feishuCalls);
    for (const fake of [slack, feishu]) expect((await fake.ask(line, "direct")).text).toContain(title);
    for (const fake of [slack, feishu]) {
      const told = await fake.ask(line, "mention");
      expect(told.text).toContain(lang === "zh" ? "私聊" : "by direct message");
      expect(told.text).not.toContain("files:write");
    }
    await running.pump();
  });

  test("answers over HTTP as well", async () => {
    const { slack } = await slackWalk("http");
    const { feishu, stop } = await feishuWalk("HTTP", { dataset: shenzhen });
    cleanups.push(stop);
    expect((await slack.ask(line, "slash")).text).toContain(title);
    for (const fake of [slack, feishu]) {
      expect((await fake.ask(line, "direct")).text).toContain(title);
      expect((await fake.ask(line, "mention")).text).toContain(lang === "zh" ? "私聊" : "by direct message");
    }
  });

  test("at a terminal that serves no chat it says so", async () => {
    const terminal = await walk({ dataset: shenzhen, clock: () => MONDAY });
    terminal.input.end(line);
    await terminal.running.ended;
    await terminal.running.stop();
    expect(terminal.printed()).toContain(title);
    expect(terminal.printed()).toContain(lang === "zh" ? "没有配置聊天平台" : "no chat is configured");
  });

  test("on the command line of a Qushi that does not run it says so", async () => {
    const { message } = await ask(await deskOf(shenzhen), line);
    expect(message.summary).toContain(title);
    expect(JSON.stringify(message)).toContain(lang === "zh" ? "没有在运行" : "it does not run");
  });
});

test("what was asked for in public comes by direct message", async () => {
  const { slack, store, running } = await both();
  await slack.ask("admin doctor", "mention");
  await running.pump();
  const [sent] = await store.outbox({ states: ["sent"], limit: 5 });
  expect(sent?.delivery).toMatchObject({ to: { to: { person: USER } } });
  expect(sent?.delivery.message.summary).toContain("Doctor: no faults");
});

test("is for admins", async () => {
  const { slack } = await both([]);
  expect((await slack.ask("admin doctor", "slash")).text).toContain("needs_role");
});

test("a chat that refuses us, what waits there and a rule that nobody ran are told in the other chat", async () => {
  const { slack, feishu, pass, stall } = await both();
  await pass(0);
  await slack.ask("digest set every day 9:30", "slash");
  const before = (await feishu.ask("admin doctor", "direct")).text;
  expect(before).toContain("Slack: connected");
  expect(before).toContain("rules: 1, held: 0; next: S-1");
  expect(before).toContain("shenzhen-2026 2026.1, read Mon 30 Nov 2026");
  await slack.uninstall();
  await pass(24 * 60);
  await feishu.ask("admin dataset reload", "direct");
  stall(30);
  const after = (await feishu.ask("admin doctor", "direct")).text;
  expect(after).toContain("Slack: no connection (app_uninstalled)");
  expect(after).toContain("qushi doctor slack");
  expect(after).toContain("shenzhen-2026 2026.1, read Tue 1 Dec 2026");
  expect(after).toContain("schedule: it was not looked at for 30 min");
  expect(after).toContain("outbox: the first message in line has been due for");
});

test("an admin of the environment hears what is wrong with the store while it is away", async () => {
  const desk = await deskOf(shenzhen);
  const away = (): Promise<never> =>
    Promise.reject(new StoreError("unreachable", "nobody answers at db:5432", "start PostgreSQL"));
  const shelf = { ...desk.shelf, personKey: away, grants: away, inventory: away, subscriptions: away };
  const asking = { line: "admin doctor", place: { ...HERE, to: { person: USER } }, at: MONDAY };
  const common = { ...asking, role: null, lang: null };
  const told = await answer({ ...desk, shelf, admins: [WANG] }, { ...common, actor: WANG });
  expect(told.exit).toBe("answered");
  const text = JSON.stringify(told.message);
  expect(text).toContain("nobody answers at db:5432");
  expect(text).toContain("start PostgreSQL");
  // Whether somebody else may ask cannot be found out.
  const other = await answer({ ...desk, shelf, admins: [WANG] }, { ...common, actor: { ...WANG, id: "U9" } });
  expect(other.exit).toBe("busy");
});

const HERE = { platform: "slack", workspace: TEAM, to: { channel: "C1" }, thread: null } as const;
