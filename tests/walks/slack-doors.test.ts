import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { perform } from "../../src/bot/perform.ts";
import type { Address, Person } from "../../src/core/place.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { ask, deskOf, MONDAY, shenzhen } from "../support/books.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { openSlackWalk, slackWalk, type SlackWalk } from "../support/fake-slack-walk.ts";

// By Socket Mode the same lines are walked in doors.test.ts and rules.test.ts, beside the other platforms.

const desk = await deskOf(shenzhen);
const HOWS = ["slash", "mention", "direct"] as const;
const LANGS = ["zh", "en"] as const;

/** Ids, figures with their units, days, times and codes, in order of first appearance, each once. */
function facts(text: string): readonly string[] {
  const found = text.matchAll(
    /\b(?:[A-Z]{2}-F?\d{2,3}|S-\d+)\b|\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|\d+(?:[.,]\d+)*(?:\s?(?:EFLOPS|亿元|万平方米|家|%|billion|million))?|\[[a-z_]+\]/gu,
  );
  return [...new Set([...found].map(([fact]) => fact.replace(/\s/gu, "")))];
}

function factsOf(message: Message): readonly string[] {
  const blocks = message.blocks.filter(({ type }) => type !== "buttons");
  return facts(
    `${message.title ?? ""}\n${renderText({ ...message, blocks }, { columns: 1_000, colour: false })}`,
  );
}

describe("lines that only read, over signed HTTP", () => {
  let walked: SlackWalk & { readonly close: () => Promise<void> };
  beforeAll(async () => {
    walked = await openSlackWalk("http");
  });
  afterAll(() => walked.close());

  const examples = desk.commands
    .filter(({ effect, role }) => effect === "none" && role === "viewer")
    .flatMap(({ name, examples }) => LANGS.map((lang) => [name, lang, examples[lang]] as const));
  describe.each(HOWS)("by %s", (how) => {
    test.each(examples)("%s, %s", async (_name, _lang, lines) => {
      for (const line of lines) {
        const told = await walked.slack.ask(line, how);
        expect(facts(told.text), line).toEqual(
          expect.arrayContaining([...factsOf((await ask(desk, line)).message)]),
        );
      }
    });
  });
});

describe("lines that change something, over signed HTTP", () => {
  // The doctor tells of the program that answers, and alone: admin-doctor.test.ts.
  const changing = desk.commands.filter(
    ({ name, effect, role }) => name !== "admin doctor" && (effect !== "none" || role === "admin"),
  );
  const here: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };
  const someone: Person = { platform: "terminal", workspace: null, id: "someone" };

  describe.each(HOWS)("by %s", (how) => {
    test.each(LANGS)("every example tells what a terminal tells, in %s", async (lang) => {
      const { slack } = await slackWalk("http");
      const shadow = await openSqlite({ file: ":memory:" });
      const other = await deskOf(shenzhen, null, shadow);
      for (const line of changing.flatMap(({ examples }) => examples[lang])) {
        const asking = { line, actor: someone, place: here, at: MONDAY, role: null, lang: null };
        const expected = await perform(other, shadow, asking, {
          id: null,
          isRedelivered: false,
          isPrivate: false,
        });
        if (expected === null) throw new Error(line);
        const told = await slack.ask(line, how);
        expect(facts(told.text), line).toEqual(
          expect.arrayContaining(
            facts(renderText(expected.message, { columns: 1_000, colour: false })).filter(isRule),
          ),
        );
      }
      await shadow.close();
    });
  });

  /** What does not depend on where the line was said. */
  function isRule(fact: string): boolean {
    return /^(?:S-\d+|\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|\[[a-z_]+\])$/u.test(fact);
  }
});

test("a slash command is answered inside its response, and needs no call of ours", async () => {
  const { slack } = await slackWalk("http");
  const before = slack.calls.length;
  const answered = await slack.slash("show GM-001");
  expect(answered).toMatchObject({ through: "acknowledgement", shown: "ephemeral" });
  expect(slack.calls).toHaveLength(before);
  const shared = await slack.click(answered, "Share");
  expect(shared).toMatchObject({ through: "response_url", shown: "in_channel" });
  expect(slack.calls.slice(before).map(({ method }) => method)).toEqual(["response_url"]);
});

test("what is not signed by Slack, or not now, is refused and does nothing; what is sent twice is done once", async () => {
  const { slack, store } = await slackWalk("http");
  const event = (ts: string) => ({
    type: "app_mention",
    user: USER,
    channel: CHANNEL,
    text: "<@U0QUSHI> subscribe district:guangming before:30d",
    ts,
    event_ts: ts,
  });
  // Something to answer below; nobody tells the bot of it.
  const { id } = await slack.talk("@Qushi");
  for (const how of ["unsigned", "forged", "stale", "future"] as const)
    expect((await slack.request(event(id), how)).status, how).toBe(401);
  expect(await store.subscriptions("all")).toEqual([]);

  const answered = slack.nextPost(CHANNEL);
  expect((await slack.request(event(id), "signed")).status).toBe(200);
  await answered;
  expect((await slack.request(event(id), "replayed")).status).toBe(200);
  await slack.mention("gm1");
  expect(await store.subscriptions("all")).toHaveLength(1);
  expect(slack.posts(CHANNEL)).toHaveLength(2);

  expect(JSON.parse((await slack.request(null, "signed")).body)).toEqual({ challenge: "a challenge" });
});

test("with the right to read, a mention that comes as two events is answered once", async () => {
  const { slack, running } = await slackWalk("http", { scopes: ["channels:history"] });
  await slack.mention("gm1");
  await slack.talk("光明 算力 是多少？");
  await slack.mention("gm2");
  await running.pump();
  expect(slack.posts(CHANNEL)).toHaveLength(2);
});
