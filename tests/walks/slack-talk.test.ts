import { describe, expect, test } from "vitest";
import { lanting } from "../support/books.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import type { FakeSlack } from "../support/fake-slack.ts";
import { discussed, READS, speaks } from "../support/fake-slack-threads.ts";
import { CHEN, MODES, slackWalk, WANG, type Mode, type SlackWalk } from "../support/fake-slack-walk.ts";

const WEEK = 7 * 24 * 3_600;
const LINK = "https://news.lanting.example/dc";

const reading = (mode: Mode, scopes: readonly string[] = READS): Promise<SlackWalk> =>
  slackWalk(mode, { dataset: lanting, scopes });

/** The newest digest of the channel. */
function digest(slack: FakeSlack): string {
  const found = slack.posts(CHANNEL).findLast(({ key }) => /^S-\d+\.\d+$/u.test(key ?? ""));
  if (found === undefined) throw new Error("no digest");
  return found.text;
}

describe.each(MODES)("by %s", (mode) => {
  test.each([
    ["zh", "E4 媒体查证", "不用", /没有记/u],
    ["en", "E4 checked by press", "No", /Not kept/u],
  ] as const)(
    "in %s a link that somebody posts is offered once; a click keeps it without the text, “no” lets it be",
    async (lang, level, no, let_be) => {
      const walked = await reading(mode);
      const { slack, store, pass } = walked;
      await speaks(walked, lang);
      const thread = await discussed(walked, "LT-004");
      const said = await thread.talk(`机密口头禅：见 ${LINK}，和 ${LINK}?b=1&c=2。`, { user: "U0LIU" });
      await slack.redeliver();
      await thread.talk(`再贴一次 ${LINK}`, { user: "U0ZHAO" });
      await pass(2);
      await pass(2);
      const offers = thread.replies().filter(({ key }) => key?.startsWith("l:") === true);
      expect(offers).toHaveLength(2);
      const [kept, refused] = offers;
      if (kept === undefined || refused === undefined) throw new Error("no offers");
      expect(kept.text).toContain("<@U0LIU>");

      const done = await slack.click(kept, level);
      expect(done).toMatchObject({ shown: "replaced", id: kept.id });
      expect(done.text).toContain("E4");
      const [entry, ...more] = await store.ledger(0, 10);
      expect(more).toEqual([]);
      const liu = await store.personKey({ ...WANG, id: "U0LIU" });
      const where = `https://watchers.slack.com/archives/${CHANNEL}/p${said.id.replace(".", "")}?thread_ts=${thread.card().id}&cid=${CHANNEL}`;
      expect(entry).toMatchObject({
        type: "evidence",
        actorKey: await store.personKey(WANG),
        data: { url: LINK, level: "E4", note: null, posted: { by: liu, where } },
      });
      expect(JSON.stringify(await store.ledger(0, 10))).not.toContain("机密口头禅");

      const gone = await slack.click(refused, no, { user: "U0ZHAO" });
      expect(gone).toMatchObject({ shown: "replaced", id: refused.id });
      expect(gone.text).toMatch(let_be);
      expect(await store.ledger(0, 10)).toHaveLength(1);
      // What the record has is not offered again, whoever posts it.
      await thread.talk(`还是 ${LINK}`);
      await pass(2);
      expect(thread.replies().filter(({ key }) => key?.startsWith("l:") === true)).toHaveLength(2);
    },
  );

  test("an offer that is kept becomes the one public line: who, what, undo; also where the click's answer is lost", async () => {
    const walked = await reading(mode);
    const { slack, store, pass } = walked;
    const thread = await discussed(walked, "LT-004");
    await thread.talk(`${LINK} ${LINK}?b=1`, { user: "U0LIU" });
    await pass(2);
    const before = thread.replies();
    const [first, second] = before.filter(({ key }) => key?.startsWith("l:") === true);
    if (first === undefined || second === undefined) throw new Error("no offers");
    const now = (id: string): string => thread.replies().find((each) => each.id === id)?.text ?? "";
    const line = /^<@U0WANG> · LT-004.*E4.*撤销：.*撤销 LT-004/su;

    await slack.click(first, "E4 媒体查证");
    expect(now(first.id)).toMatch(line);
    const said = now(first.id);

    const lost = slack.nextCall("response_url");
    slack.failNext("response_url", { status: 404 });
    slack.click(second, "E4 媒体查证").catch(() => undefined);
    await lost;
    await slack.settled();
    expect(now(second.id)).toBe(second.text);
    await pass(2);
    await pass(2);
    expect(now(first.id)).toBe(said);
    expect(now(second.id)).toMatch(line);
    expect(thread.replies()).toHaveLength(before.length);
    expect(await store.ledger(0, 10)).toHaveLength(2);
  });

  test("who may not record is told so in private, and the offer stays for others", async () => {
    const walked = await reading(mode);
    const { slack, store, pass } = walked;
    const thread = await discussed(walked, "LT-004");
    await thread.talk(`看 ${LINK}`, { user: "U0LIU" });
    await pass(2);
    const offer = thread.replies().find(({ key }) => key?.startsWith("l:") === true);
    if (offer === undefined) throw new Error("no offer");
    const refused = await slack.click(offer, "E4 媒体查证", { user: "U0LIU" });
    expect(refused.text).toContain("needs_role");
    expect(refused.shown).toBe("ephemeral");
    expect(thread.replies().find(({ id }) => id === offer.id)?.text).toBe(offer.text);
    // Two who keep it at once have kept it once.
    const both = await Promise.all([
      slack.click(offer, "E4 媒体查证", { user: CHEN.id }),
      slack.click(offer, "E3 官方发布"),
    ]);
    expect(await store.ledger(0, 10)).toHaveLength(1);
    expect(both.filter(({ text }) => /已经记作佐证/u.test(text))).toHaveLength(1);
    // In public stands what was kept, with its undo, whoever's answer came last.
    const stands = () => thread.replies().find(({ id }) => id === offer.id)?.text;
    const line = /^<@U0(?:WANG|CHEN)> · LT-004.*E[34].*撤销 LT-004/su;
    expect(stands()).toMatch(line);
    await pass(2);
    expect(stands()).toMatch(line);
    const late = await slack.click(offer, "E3 官方发布");
    expect(late).toMatchObject({ shown: "ephemeral" });
    expect(late.text).toContain("已经记作佐证");
    expect(stands()).toMatch(line);
  });

  test("without the right to read, the shortcut keeps a link of the thread: about its commitment, with who posted it", async () => {
    const walked = await reading(mode, []);
    const { slack, store, pass } = walked;
    const thread = await discussed(walked, "LT-004");
    const said = await thread.talk(`机密口头禅 ${LINK}`, { user: "U0LIU" });
    await pass(2);
    expect(thread.replies()).toEqual([]);
    const form = await slack.shortcut(said);
    expect(form.text).toContain("LT-004");
    const { view } = await slack.submit(form, { level: "E4" });
    expect(view?.text).toContain("E4");
    const liu = await store.personKey({ ...WANG, id: "U0LIU" });
    const ledger = await store.ledger(0, 10);
    expect(ledger).toMatchObject([
      {
        commitmentId: "LT-004",
        from: { address: { thread: thread.card().id } },
        data: { url: LINK, level: "E4", posted: { by: liu } },
      },
    ]);
    expect(JSON.stringify(ledger)).not.toContain("机密口头禅");
    await pass(2);
    // It was done in the thread and is told there.
    expect(thread.replies().map(({ text }) => text)).toEqual([expect.stringMatching(/<@U0WANG>.*LT-004/u)]);
  });

  test("replies are counted and the digest says what was discussed and what waits for an answer", async () => {
    const walked = await reading(mode);
    const { slack, pass } = walked;
    await slack.mention("周报 设置 每周一 9:07 无变化:说明");
    const thread = await discussed(walked, "LT-004");
    const other = await discussed(walked, "QH-002");
    await thread.talk("年底能到吗？", { user: "U0LIU" });
    await slack.redeliver();
    await thread.talk("我看悬", { user: "U0ZHAO" });
    await thread.mention("备注 已问区政务和数据局");
    await other.talk("这个呢？", { user: "U0LIU" });
    // Talk that is in no discussion, or in none of ours, is nobody's business.
    await slack.talk("午饭吃什么");
    await slack.talk("食堂吧", { threadTs: (await slack.talk("饿了")).id });
    await pass(WEEK);
    await pass(2);
    expect(digest(slack)).toMatch(/讨论最多\n.*LT-004.*：3 条回复（3 人）\n.*QH-002.*：1 条回复（1 人）/u);
    // The first was answered by the note that somebody recorded.
    expect(digest(slack)).toMatch(/等人回应\n.*QH-002.*：最后一条回复在 2026-11-30/u);
    expect(JSON.stringify(slack.posts(CHANNEL))).not.toContain("年底能到吗");
    await pass(WEEK);
    await pass(2);
    expect(digest(slack)).not.toContain("讨论最多");
  });

  test.each([[[]], [["channels:history"]]])(
    "with the history scopes %j the digest says nothing of discussions",
    async (scopes) => {
      const walked = await reading(mode, scopes);
      const { slack, pass } = walked;
      await slack.mention("周报 设置 每周一 9:07 无变化:说明");
      const thread = await discussed(walked, "LT-004");
      await thread.talk(`看 ${LINK}`, { user: "U0LIU" });
      await thread.mention("备注 已查无新");
      await pass(2);
      const offers = thread.replies().filter(({ key }) => key?.startsWith("l:") === true);
      expect(offers).toHaveLength(scopes.length);
      await pass(WEEK);
      await pass(2);
      expect(digest(slack)).not.toMatch(/讨论最多|等人回应|条回复/u);
    },
  );

  test.each([
    ["备注 已查无新", "已查无新", "note"],
    ["dispute which machines?", "which machines?", "dispute_opened"],
  ])(
    "in a digest's own thread “%s” asks which one is meant, and the button records it",
    async (line, words, type) => {
      const walked = await reading(mode);
      const { slack, store, pass } = walked;
      await slack.mention("周报 设置 每周一 9:07 无变化:说明");
      await pass(WEEK);
      await pass(2);
      const sent = slack.posts(CHANNEL).findLast(({ key }) => /^S-\d+\.\d+$/u.test(key ?? ""));
      if (sent === undefined) throw new Error("no digest");
      const asked = await slack.mention(line, { threadTs: sent.id });
      expect(asked.text).toContain("which_commitment");
      expect(await store.ledger(0, 10)).toEqual([]);
      const [, first = ""] = /\n([A-Z]{2}-\d{3})$/mu.exec(asked.text) ?? [];
      const done = await slack.click(asked, first);
      expect(done.text).toContain(first);
      expect(await store.ledger(0, 10)).toMatchObject([{ commitmentId: first, type }]);
      expect(JSON.stringify(await store.ledger(0, 10))).toContain(words);
    },
  );
});
