import { describe, expect, test } from "vitest";
import { lanting } from "../support/books.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import type { FakeSlack } from "../support/fake-slack.ts";
import { MODES, slackWalk, type Mode, type SlackWalk } from "../support/fake-slack-walk.ts";

const invented = (mode: Mode, scopes: readonly string[] = []): Promise<SlackWalk> =>
  slackWalk(mode, { dataset: lanting, scopes });

const READING = { "as-of": "2026-06-30", source: "https://data.lanting.example/06", level: "E3" } as const;

/** The lines of the channel that name somebody and the commitment. */
function publicLines(slack: FakeSlack, id: string): readonly string[] {
  return slack.posts(CHANNEL).flatMap(({ text }) => (text.includes(id) ? [text] : []));
}

describe.each(MODES)("by %s", (mode) => {
  test.each([
    ["填报", "澜汀 算力", /换算/u, /8\.2 EFLOPS/u],
    ["reading", "lanting", /does not convert/u, /8\.2 EFLOPS/u],
  ])(
    "%s without arguments: a form, type-ahead, a word beside the field, recorded, a public line",
    async (line, typed, beside, recorded) => {
      const { slack, store, pass } = await invented(mode);
      const opened = await slack.slash(line);
      expect(opened.through).toBe("view");
      const form = slack.view(opened);

      const offered = await slack.suggest(form, "id", typed);
      expect(offered.map(({ value }) => value)).toContain("LT-004");

      const wrong = await slack.submit(form, { ...READING, id: "LT-004", value: "8.2 bananas" });
      expect(Object.keys(wrong.errors ?? {})).toEqual(["field:value"]);
      expect(Object.values(wrong.errors ?? {}).join()).toMatch(beside);
      expect(form.closed).toBe(false);
      expect(await store.ledger(0, 10)).toEqual([]);

      const done = await slack.submit(form, { ...READING, id: "LT-004", value: "8.2 EFLOPS" });
      expect(done.errors).toBeUndefined();
      expect(done.view?.text).toMatch(recorded);
      expect(await store.ledger(0, 10)).toMatchObject([{ commitmentId: "LT-004", type: "reading" }]);

      await pass(2);
      const lines = publicLines(slack, "LT-004");
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain("<@U0WANG>");
      expect(lines[0]).toMatch(recorded);
    },
  );

  test.each([
    ["填报 LT-004", "填写"],
    ["reading LT-004", "Fill in"],
  ])("%s as a mention: what is missing, and a button that opens the form about it", async (line, label) => {
    const { slack, store } = await invented(mode);
    const told = await slack.mention(line);
    const form = slack.view(await slack.click(told, label));
    expect(form.text).toContain("LT-004");
    // What is known is not asked for again.
    await expect(slack.suggest(form, "id", "")).rejects.toThrow("asks for no options");
    const { view } = await slack.submit(form, { ...READING, value: "8.2 EFLOPS" });
    expect(view?.text).toContain("8.2 EFLOPS");
    expect(await store.ledger(0, 10)).toHaveLength(1);
  });

  test("a form that is sent twice is recorded once", async () => {
    const { slack, store } = await invented(mode);
    const form = slack.view(await slack.slash("reading LT-004"));
    const filled = { ...READING, value: "8.2 EFLOPS" };
    await Promise.allSettled([slack.submit(form, filled), slack.submit(form, filled)]);
    expect(await store.ledger(0, 10)).toHaveLength(1);
  });

  test("what somebody may not do is told in the form, and nothing is recorded", async () => {
    const { slack, store } = await invented(mode);
    const opened = await slack.slash("reading LT-004", { user: "U0GUEST" });
    expect(opened.text).toContain("needs_role");
    expect(await store.ledger(0, 10)).toEqual([]);
  });

  test("a form that was recorded gives way to its answer, and cannot be sent once more", async () => {
    const { slack, store } = await invented(mode);
    const form = slack.view(await slack.slash("备注 LT-004"));
    const text = "已查无新：统计公报尚未发布";
    await slack.submit(form, { text });
    await expect(slack.submit(form, { text })).rejects.toThrow("nothing to submit");
    expect(await store.ledger(0, 10)).toHaveLength(1);
  });

  test("the shortcut keeps a message as evidence: its link and the commitment that it names are filled in", async () => {
    const { slack, store, pass } = await invented(mode);
    const said = await slack.talk("LT-004 扩容了：https://news.lanting.example/dc?b=1&c=2", {
      user: "U0LIU",
    });
    const form = await slack.shortcut(said);
    expect(form.text).toContain("https://news.lanting.example/dc?b=1&c=2");
    expect(form.text).toContain("LT-004");
    const { view } = await slack.submit(form, { level: "E4" });
    expect(view?.text).toContain("LT-004");
    expect(await store.ledger(0, 10)).toMatchObject([
      {
        commitmentId: "LT-004",
        type: "evidence",
        data: { url: "https://news.lanting.example/dc?b=1&c=2", level: "E4" },
      },
    ]);
    await pass(2);
    expect(publicLines(slack, "LT-004")).toHaveLength(1);
  });

  test("the home tab tells what one follows, what is due and what waits; its buttons open answers", async () => {
    const { slack, store } = await invented(mode);
    await slack.slash("设置 语言:中文");
    const before = await slack.openHome();
    expect(before.text).toContain("还没有");
    await slack.direct("订阅 区:澜汀 提前:30天");
    expect((await store.subscriptions("all")).map(({ id }) => id)).toEqual(["S-1"]);
    const home = await slack.openHome();
    expect(home.id).toBe(before.id);
    expect(home.text).toContain("S-1");

    const refreshed = slack.nextCall("views.publish");
    const board = await slack.click(home, "看板");
    await refreshed;
    expect(board.through).toBe("view");
    expect(board.text).toContain("未评定");
    expect(slack.view(board).payload.type).toBe("modal");
    const shown = slack.nextCall("views.publish");
    await slack.click(home, "English");
    await shown;
    expect(slack.views.find(({ id }) => id === home.id)?.text).toContain("What I follow");
  });

  test("a proposal waits on the reviewer's home, and is approved there", async () => {
    const { slack, store, pass } = await invented(mode);
    await slack.slash("佐证 LT-004 https://stats.lanting.example/2026 级别:E1");
    const proposed = await slack.slash("评定 LT-004 推进中 理由:扩容按计划进行");
    expect(proposed.text).not.toMatch(/\[[a-z_]+\]/u);
    const home = await slack.openHome("U0CHEN");
    expect(home.text).toMatch(/等你评定|Waiting/u);
    const shown = slack.nextCall("views.publish");
    const asked = await slack.click(home, "通过");
    await shown;
    const anew = slack.views.find(({ id }) => id === home.id);
    expect(anew?.text).not.toMatch(/等你评定|Waiting/u);
    const rated = asked.text.includes("LT-004");
    expect(rated).toBe(true);
    await pass(2);
    const kinds = (await store.ledger(0, 10)).map(({ type }) => type);
    expect(kinds).toContain("rating_approved");
  });

  test("a form that comes too late says so in words, with the button that opens it", async () => {
    const { slack } = await invented(mode);
    slack.failNext("views.open", { error: "expired_trigger_id" });
    const told = await slack.slash("填报 LT-004");
    expect(told.through).toBe("response_url");
    const form = slack.view(await slack.click(told, "填写"));
    expect(form.text).toContain("LT-004");
  });
});
