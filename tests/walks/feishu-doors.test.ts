import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { perform } from "../../src/bot/perform.ts";
import type { Address, Person } from "../../src/core/place.ts";
import { renderText } from "../../src/message/text.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { ask, deskOf, MONDAY, shenzhen } from "../support/books.ts";
import { FAKE_CHAT, startFakeFeishu, type FakeFeishu } from "../support/fake-feishu.ts";
import { WRONG_REQUESTS } from "../support/fake-feishu-callback.ts";
import { entrance, feishuWalk, type FeishuWalk } from "../support/fake-feishu-walk.ts";
import { walk } from "../support/running.ts";

/** What comes by HTTP takes the same door as what comes by the long connection, which doors.test.ts walks. */
const desk = await deskOf(shenzhen);
const wide = { columns: 1_000, colour: false };
let here: FeishuWalk;
let feishu: FakeFeishu;

beforeAll(async () => {
  here = await feishuWalk("HTTP", { dataset: shenzhen });
  ({ feishu } = here);
});
afterAll(() => here.stop());

/** Ids, figures, days, hours and codes of a text, each once. */
function facts(text: string): readonly string[] {
  const found = text.matchAll(
    /\b(?:[A-Z]{2}-F?|S-)\d+\b|\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|\d+(?:[.,]\d+)*(?:\s?(?:EFLOPS|亿元|万平方米|家|%))|\[[a-z_]+\]/gu,
  );
  return [...new Set([...found].map(([fact]) => fact.replace(/\s/g, "")))];
}

const READING = desk.commands.filter(({ effect, role }) => effect === "none" && role === "viewer");
/** The doctor tells of the program that answers, and alone: admin-doctor.test.ts. */
const CHANGING = desk.commands.filter(
  ({ name, effect, role }) => name !== "admin doctor" && (effect !== "none" || role === "admin"),
);

describe.each(["zh", "en"] as const)("by HTTP, in %s", (lang) => {
  test.each(["mention", "direct", "slash"] as const)(
    "%s: every example that reads tells the same facts",
    async (how) => {
      for (const line of READING.flatMap(({ examples }) => examples[lang])) {
        const told = await feishu.ask(line, how);
        const { message } = await ask(desk, line);
        const blocks = message.blocks.filter(({ type }) => type !== "buttons");
        const expected = facts(`${message.title ?? ""}\n${renderText({ ...message, blocks }, wide)}`);
        expect(facts(told.text), line).toEqual(expect.arrayContaining([...expected]));
      }
    },
  );

  test.each(["mention", "direct"] as const)("%s: every example that changes something does", async (how) => {
    const fresh = await feishuWalk("HTTP", { dataset: shenzhen });
    const shadow = await openSqlite({ file: ":memory:" });
    const other = await deskOf(shenzhen, null, shadow);
    const place: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };
    const someone: Person = { platform: "terminal", workspace: null, id: "someone" };
    for (const line of CHANGING.flatMap(({ examples }) => examples[lang])) {
      const asking = { line, actor: someone, place, at: MONDAY, role: null, lang: null };
      const expected = await perform(other, shadow, asking, {
        id: null,
        isRedelivered: false,
        isPrivate: false,
      });
      expect(expected?.exit, line).toBe("answered");
      const told = await fresh.feishu.ask(line, how);
      const text = expected === null ? "" : renderText(expected.message, wide);
      const rules = (all: string): readonly string[] =>
        facts(all).filter((fact) => /^(?:S-|\[|\d{2}:)/u.test(fact));
      expect(rules(told.text), line).toEqual(expect.arrayContaining([...rules(text)]));
    }
    await shadow.close();
    await fresh.stop();
  });
});

test("a click pages in place, inside the callback's own answer", async () => {
  const list = await feishu.direct("清单");
  const turned = await feishu.click(list, "下一页");
  expect(turned).toMatchObject({ reply: null });
  expect(turned.shown).toContain("第 2/4 页");
});

test("an event that comes again, even under another message id, is answered once", async () => {
  await feishu.mention("gm2");
  const before = feishu.posts(FAKE_CHAT).length;
  await feishu.redeliver();
  await feishu.redeliver({ newMessageId: true });
  await feishu.mention("gm3");
  expect(feishu.posts(FAKE_CHAT)).toHaveLength(before + 1);
});

test("the console's challenge is answered, signed or not, where it is encrypted and carries the token", async () => {
  expect(await feishu.challenge("word1")).toEqual({
    status: 200,
    body: JSON.stringify({ challenge: "word1" }),
  });
  expect(await feishu.challenge("word2", null)).toMatchObject({ status: 200 });
  expect((await feishu.challenge("word3", "foreign-token")).status).toBe(401);
  const plain = await feishu.challenge("word4", "plain");
  expect(plain.status).toBe(401);
  expect(plain.body).not.toContain("word4");
});

test.each(WRONG_REQUESTS)(
  "a request that is %s is refused with %i, and nothing of it is heard",
  async (wrong, status) => {
    const before = feishu.calls.length;
    expect((await feishu.request(wrong)).status).toBe(status);
    // The next answer is to the next question.
    await feishu.mention("gm1");
    expect(feishu.calls.slice(before).filter(({ endpoint }) => endpoint !== "token")).toHaveLength(1);
  },
);

test("keys that would reach into objects are harmless", async () => {
  const own = { value: { isAdmin: true }, enumerable: true };
  const event = Object.defineProperty({ schema: "2.0", header: {}, event: {} }, "__proto__", own);
  expect(JSON.stringify(event)).toContain('"__proto__"');
  expect((await feishu.request(null, event)).status).toBe(400);
  expect({}).not.toHaveProperty("isAdmin");
});

test("before it has started and after it has stopped it says so, and Feishu comes again", async () => {
  const slow = await startFakeFeishu({ now: () => MONDAY });
  slow.failNext("bot", { hang: true });
  const { credentials } = entrance(slow, "HTTP");
  const qushi = await walk({ dataset: shenzhen, feishu: credentials, clock: () => MONDAY });
  slow.deliverTo(`${qushi.running.address() ?? ""}/feishu/events`);
  expect((await slow.request(null)).status).toBe(503);
  await qushi.running.stop();
  await slow.close();
});
