import { describe, expect, test } from "vitest";
import { lanting } from "../support/books.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { aloud, cards, discussed, speaks } from "../support/fake-slack-threads.ts";
import { MODES, slackWalk, type Mode, type SlackWalk } from "../support/fake-slack-walk.ts";

const ELSEWHERE = "C0ELSEWHERE";
const LANGS = ["zh", "en"] as const;

async function invented(mode: Mode, lang: "zh" | "en" = "zh"): Promise<SlackWalk> {
  const walked = await slackWalk(mode, { dataset: lanting });
  walked.slack.addChannel({ id: ELSEWHERE, member: true, archived: false });
  await speaks(walked, lang);
  return walked;
}

/** As chat.getPermalink gives it. */
function permalink(ts: string): string {
  return `https://watchers.slack.com/archives/${CHANNEL}/p${ts.replace(".", "")}`;
}

const WORDS = {
  zh: { line: "讨论 LT-004", show: "详情 LT-004", button: "讨论", opening: /马上在下面打开/u, open: /已有/u },
  en: {
    line: "discuss LT-004",
    show: "show LT-004",
    button: "Discuss",
    opening: /opens below/u,
    open: /has its thread already/u,
  },
} as const;

describe.each(MODES)("by %s", (mode) => {
  describe.each(LANGS)("in %s", (lang) => {
    const { line, show, button, opening, open } = WORDS[lang];
    const doors = {
      slash: async ({ slack }: SlackWalk) => slack.slash(line),
      mention: async ({ slack }: SlackWalk) => slack.mention(line),
      button: async ({ slack }: SlackWalk) => slack.click(await slack.slash(show), button),
    } as const;

    test.each(["slash", "mention", "button"] as const)(
      "by %s the first call opens the thread below, every later one links it",
      async (door) => {
        const walked = await invented(mode, lang);
        const { slack, pass, store } = walked;
        expect((await doors[door](walked)).text).toMatch(opening);
        await pass(2);
        const [card, ...more] = cards(slack.posts(CHANNEL), "LT-004");
        expect(more).toEqual([]);
        expect(card?.key).toMatch(/^t:.+\.1$/u);
        expect(card?.metadata).toMatchObject({ event_payload: { key: card?.key } });
        for (const other of ["slash", "mention", "button"] as const) {
          const again = await doors[other](walked);
          expect(again.text).toMatch(open);
          expect(JSON.stringify(again.payload)).toContain(`"url":"${permalink(card?.id ?? "")}"`);
        }
        await pass(2);
        expect(cards(slack.posts(CHANNEL), "LT-004")).toHaveLength(1);
        expect(await store.discussions("all")).toHaveLength(1);
      },
    );
  });

  test("two who open it at once, and a redelivery, open one", async () => {
    const { slack, pass } = await invented(mode);
    await Promise.all([slack.slash("讨论 LT-004"), slack.mention("discuss LT-004", { user: "U0LIU" })]);
    await slack.redeliver();
    await pass(2);
    expect(cards(slack.posts(CHANNEL), "LT-004")).toHaveLength(1);
  });

  test.each([
    [
      "zh",
      "填报 8.2 EFLOPS 截至:2026-06-30 来源:https://data.lanting.example/06 级别:E3",
      "佐证 https://news.lanting.example/dc 级别:E4 “机房照片”",
      "异议 “算的是哪些机器？”",
      "备注 已查无新",
      "结束讨论 “以区政务和数据局口径为准”",
    ],
    [
      "en",
      "reading 8.2 EFLOPS as-of:2026-06-30 source:https://data.lanting.example/06 level:E3",
      'evidence https://news.lanting.example/dc level:E4 "photos of the halls"',
      'dispute "which machines count?"',
      "note checked, nothing new",
      'resolve "the data bureau\'s figures count"',
    ],
  ] as const)(
    "in %s the thread's id is implied: each is recorded, receipted in the thread, and the card is edited",
    async (lang, ...lines) => {
      const walked = await invented(mode, lang);
      const { slack, pass, store } = walked;
      const thread = await discussed(walked, "LT-004");
      await thread.mention("settings echo:none");
      const before = aloud(slack.posts(CHANNEL));
      const receipts: string[] = [];
      for (const line of lines) {
        const told = await thread.mention(line);
        expect(told.text).toContain("LT-004");
        receipts.push(told.id);
        await pass(2);
      }
      expect((await store.ledger(0, 10)).map(({ type }) => type)).toEqual([
        "reading",
        "evidence",
        "dispute_opened",
        "note",
        "discussion_resolved",
      ]);
      // What was typed there was answered there, once.
      expect(thread.replies().map(({ id }) => id)).toEqual([expect.any(String), ...receipts]);
      expect(aloud(slack.posts(CHANNEL))).toEqual(before);
      const { text } = thread.card();
      for (const said of ["8.2 EFLOPS", lang === "zh" ? "口径为准" : "figures count"])
        expect(text).toContain(said);
      const edits = slack.calls.filter(({ method }) => method === "chat.update");
      expect(edits.length).toBeGreaterThan(0);
      expect(edits.every(({ params }) => params["ts"] === thread.card().id)).toBe(true);
    },
  );

  test("what is recorded elsewhere comes as a reply and stands in the card; in another language too", async () => {
    const walked = await invented(mode);
    const { slack, pass } = walked;
    const thread = await discussed(walked, "LT-004");
    const other = await discussed(walked, "LT-004", ELSEWHERE);
    await slack.slash(
      "reading LT-004 8.2 EFLOPS as-of:2026-06-30 source:https://data.lanting.example/06 level:E3",
    );
    await pass(2);
    await other.mention("佐证 https://news.lanting.example/dc 级别:E4");
    await pass(2);
    const told = thread.replies().filter(({ key }) => key?.startsWith("t:") === true);
    expect(told.map(({ text }) => text)).toEqual([
      expect.stringMatching(/<@U0WANG>.*8\.2 EFLOPS/u),
      expect.stringMatching(/<@U0WANG>.*news\.lanting\.example/u),
    ]);
    const theirs = other.replies().filter(({ key }) => key?.startsWith("t:") === true);
    expect(theirs.map(({ text }) => text)).toEqual([expect.stringMatching(/8\.2 EFLOPS/u)]);
    for (const { card } of [thread, other]) expect(card().text).toContain("8.2 EFLOPS");
    // A slash command's answer is private: that something was recorded is told once, in the thread or below it.
    expect(aloud(slack.posts(CHANNEL)).filter((text) => text.includes("8.2 EFLOPS"))).toHaveLength(1);
  });

  test("a form that is opened on the card belongs to the thread: its public line stands there, the channel hears nothing", async () => {
    const walked = await invented(mode);
    const { slack, store, pass } = walked;
    const thread = await discussed(walked, "LT-004");
    const before = aloud(slack.posts(CHANNEL));
    const form = slack.view(await slack.click(thread.card(), "填报"));
    const source = "https://data.lanting.example/06";
    const { view } = await slack.submit(form, {
      value: "8.2 EFLOPS",
      "as-of": "2026-06-30",
      source,
      level: "E3",
    });
    expect(view?.text).toContain("8.2 EFLOPS");
    await pass(2);
    expect(await store.ledger(0, 10)).toMatchObject([
      { type: "reading", from: { address: { thread: thread.card().id } } },
    ]);
    expect(thread.replies().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^<@U0WANG>.*LT-004.*8\.2 EFLOPS/u),
    ]);
    expect(thread.card().text).toContain("8.2 EFLOPS");
    expect(aloud(slack.posts(CHANNEL))).toEqual(before);
  });

  test.each([
    ["none", 0, 0],
    ["final", 0, 1],
    ["all", 1, 1],
  ] as const)(
    "echo:%s tells the channel of %i readings and %i outcomes",
    async (echo, readings, outcomes) => {
      const walked = await invented(mode, "en");
      const { slack, pass } = walked;
      await slack.mention(`settings echo:${echo}`);
      const thread = await discussed(walked, "LT-004");
      await thread.mention(
        "reading 8.2 EFLOPS as-of:2026-06-30 source:https://data.lanting.example/06 level:E3",
      );
      await pass(2);
      await thread.mention('resolve "the bureau counts"');
      await pass(4);
      const heard = (what: string): number =>
        aloud(slack.posts(CHANNEL)).filter((text) => text.includes(what)).length;
      expect(heard("8.2 EFLOPS")).toBe(readings);
      expect(heard("the bureau counts")).toBe(outcomes);
    },
  );

  test("several readings within a second are at most two edits, within Slack's limits", async () => {
    const walked = await invented(mode);
    const { slack, pass, store } = walked;
    const thread = await discussed(walked, "LT-004");
    slack.limits(true);
    const edits = (): number => slack.calls.filter(({ method }) => method === "chat.update").length;
    const before = edits();
    await Promise.all(
      [7.1, 7.4, 7.7, 8, 8.2].map((value, at) =>
        slack.slash(
          `填报 LT-004 ${value} EFLOPS 截至:2026-0${at + 4}-30 来源:https://data.lanting.example/${at} 级别:E3`,
        ),
      ),
    );
    // Their public lines too, one a second.
    for (let round = 0; round < 4; round += 1) await pass(2);
    expect(await store.ledger(0, 10)).toHaveLength(5);
    expect(thread.card().text).toContain("8.2 EFLOPS");
    expect(edits() - before).toBeLessThanOrEqual(2);
  });
});

test("one reading a second for a minute: Slack stops taking edits for a while, and the last state is shown all the same", async () => {
  const walked = await invented("http");
  const { slack, pass, store, go, now, running } = walked;
  const thread = await discussed(walked, "LT-004");
  await pass(2);
  slack.limits(true);
  const edits = (): number => slack.calls.filter(({ method }) => method === "chat.update").length;
  for (let at = 1; at <= 56; at += 1) {
    await thread.mention(
      `填报 ${8 + at / 100} EFLOPS 截至:2026-09-${10 + (at % 20)} 来源:https://data.lanting.example/m${at} 级别:E3`,
    );
    go(new Date(now().getTime() + 1_000));
    await running.pump();
  }
  await pass(60);
  await pass(2);
  expect((await store.ledger(0, 100)).length).toBe(56);
  expect(thread.card().text).toContain("最近记录：读数（#56）");
  expect(cards(slack.posts(CHANNEL), "LT-004")).toHaveLength(1);
  // What came in meanwhile went into one.
  expect(edits()).toBeLessThan(56);
});
