import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderText } from "../../src/message/text.ts";
import { ask, deskOf, MONDAY, shenzhen } from "../support/books.ts";
import type { ChatFake } from "../support/chat-fake.ts";
import { startFakeFeishu, type FakeFeishu } from "../support/fake-feishu.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { startFakeSlack, type FakeSlack } from "../support/fake-slack.ts";
import { walk, type Walk } from "../support/running.ts";

/** One Qushi, as main puts it together, on both fakes at once; every door must tell the same facts. */
let slack: FakeSlack;
let feishu: FakeFeishu;
let qushi: Walk;
const desk = await deskOf(shenzhen);

beforeAll(async () => {
  slack = await startFakeSlack(MONDAY);
  feishu = await startFakeFeishu({ now: () => MONDAY });
  qushi = await walk({
    dataset: shenzhen,
    slack: slack.credentials,
    feishu: feishu.credentials,
    clock: () => MONDAY,
  });
  await Promise.all([slack.nextGreeting(), feishu.connected()]);
});
afterAll(async () => {
  await qushi.running.stop();
  await Promise.all([slack.close(), feishu.close()]);
});

/** The facts of an answer: ids, figures with their units, dates and codes, in order of first appearance, each once. */
function facts(text: string): readonly string[] {
  const found = text.matchAll(
    /\b[A-Z]{2}-F?\d{2,3}\b|\d+(?:[.,]\d+)*(?:\s?(?:EFLOPS|亿元|万平方米|家|%|billion|million))?|\[[a-z_]+\]/gu,
  );
  return [...new Set([...found].map(([fact]) => fact.replace(/\s/g, "")))];
}

const LINES = [
  "光明 算力",
  "show GM-001",
  "list district:nanshan -check:acts",
  "区:光明 核验:数字",
  "清单 区:南山、福田",
  "清单南山",
  "到期 年底",
  "guangming",
  "gm1",
  "hlep",
  "list <!channel> & <@U1> *bold* [x](https://example.com)",
  "show GM-099",
  "区：南三",
];
/** The examples of verbs that only read; what changes rules is walked in rules.test.ts, since it leaves something. */
const EXAMPLES = desk.commands
  .filter(({ effect, role }) => effect === "none" && role === "viewer")
  .flatMap(({ name, examples }) =>
    (["zh", "en"] as const).flatMap((lang) => examples[lang].map((line) => [name, line] as const)),
  );

test("terminal: the same lines tell the same facts", async () => {
  const terminal = await walk({ dataset: shenzhen, clock: () => MONDAY });
  const lines = [...LINES, ...EXAMPLES.map(([, line]) => line)];
  terminal.input.end(lines.join("\n"));
  await terminal.running.ended;
  await terminal.running.stop();
  let from = 0;
  const printed = terminal.printed();
  for (const line of lines) {
    const { message } = await ask(desk, line);
    const at = printed.indexOf(message.title ?? message.summary.slice(0, 20), from);
    expect(at, line).toBeGreaterThanOrEqual(from);
    from = at;
  }
});

test("a click runs its line: a card's button, paging in place, sharing with everyone", async () => {
  const card = await slack.mention("gm1");
  expect((await slack.click(card, "出处")).text).toContain("第 9 段");
  const list = await slack.slash("list");
  expect(list.text).toContain("Page 1 of 4");
  const next = await slack.click(list, "Next");
  expect(next.text).toContain("Page 2 of 4");
  const shared = await slack.click(next, "Previous");
  expect(shared.text).toContain("Page 1 of 4");

  const feishuCard = await feishu.mention("gm1");
  const { reply } = await feishu.click(feishuCard, "出处");
  expect(reply?.text).toContain("第 9 段");
  const turned = await feishu.click(await feishu.direct("清单"), "下一页");
  expect(JSON.stringify(turned.answer)).toContain("第 2/4 页");
});

test("an answer to a slash command is private until it is shared", async () => {
  const answered = await slack.slash("show GM-001");
  expect(answered.payload).toMatchObject({ response_type: "ephemeral" });
  const shared = await slack.click(answered, "Share");
  expect(shared.payload).toMatchObject({ response_type: "in_channel" });
  expect(shared.text).toContain("19 EFLOPS");
});

test("a mention that is delivered again is answered once", async () => {
  await slack.mention("gm2");
  const before = slack.posts(CHANNEL).length;
  await slack.redeliver();
  await slack.ask("gm3", "mention");
  expect(slack.posts(CHANNEL).length).toBe(before + 1);
});

describe.each([
  ["Slack, slash", () => slack, "slash"],
  ["Slack, mention", () => slack, "mention"],
  ["Slack, direct", () => slack, "direct"],
  ["Feishu, mention", () => feishu, "mention"],
  ["Feishu, direct", () => feishu, "direct"],
  ["Feishu, slash", () => feishu, "slash"],
] as const)("%s", (_name, door, how) => {
  test.each([...LINES.map((line) => ["line", line] as const), ...EXAMPLES])("%s: %s", async (_verb, line) => {
    const fake: ChatFake = door();
    const told = await fake.ask(line, how);
    const { message } = await ask(desk, line);
    const expected = facts(
      `${message.title ?? ""}\n${renderText({ ...message, blocks: message.blocks.filter(({ type }) => type !== "buttons") }, { columns: 1_000, colour: false })}`,
    );
    expect(facts(told.text)).toEqual(expect.arrayContaining([...expected]));
  });
});
