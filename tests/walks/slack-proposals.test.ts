import type { Person } from "../../src/core/place.ts";
import { describe, expect, test } from "vitest";
import { lanting } from "../support/books.ts";
import type { SlackMessage } from "../support/fake-slack-state.ts";
import { discussed, speaks, type SlackThread } from "../support/fake-slack-threads.ts";
import { CHEN, MODES, slackWalk, WANG, type Mode, type SlackWalk } from "../support/fake-slack-walk.ts";

const ELSEWHERE = "C0ELSEWHERE";
const DAY = 24 * 3_600;

const WORDS = {
  zh: {
    rate: "评定 推进中 理由:已扩容",
    again: "评定 停滞 理由:工地停工",
    card: "待评定",
    settled: /^评定 · /u,
    approve: "通过",
    back: "退回",
    decided: /推进中，<@U0CHEN> 通过/u,
    returned: /口径不明/u,
  },
  en: {
    rate: "rate in_progress reason:extended",
    again: "rate stalled reason:works stopped",
    card: "To be reviewed",
    settled: /^Rating · /u,
    approve: "Approve",
    back: "Return",
    decided: /approved/u,
    returned: /口径不明/u,
  },
} as const;

const ZHAO: Person = { ...CHEN, id: "U0ZHAO" };

interface Proposed {
  readonly walked: SlackWalk;
  readonly thread: SlackThread;
  /** The card of the nth proposal in a thread, as it stands now. */
  readonly card: (nth?: number, of?: SlackThread) => SlackMessage;
}

/** A rating proposed in a discussion by somebody who may not approve it alone. */
async function proposed(mode: Mode, lang: "zh" | "en", others: readonly Person[] = []): Promise<Proposed> {
  const walked = await slackWalk(mode, { dataset: lanting, admins: [WANG, CHEN, ...others] });
  walked.slack.addChannel({ id: ELSEWHERE, member: true, archived: false });
  await speaks(walked, lang);
  const thread = await discussed(walked, "LT-004");
  await thread.mention("evidence https://news.lanting.example/dc level:E3");
  await thread.mention(WORDS[lang].rate);
  await walked.pass(2);
  const { card, settled } = WORDS[lang];
  const cardsIn = (of: SlackThread): readonly SlackMessage[] =>
    of.replies().filter(({ text }) => text.startsWith(card) || settled.test(text));
  return {
    walked,
    thread,
    card: (nth = 0, of = thread) => {
      const found = cardsIn(of)[nth];
      if (found === undefined) throw new Error(`no card ${nth}`);
      return found;
    },
  };
}

describe.each(MODES)("by %s", (mode) => {
  describe.each(["zh", "en"] as const)("in %s", (lang) => {
    const words = WORDS[lang];

    test("who may not decide is refused in private; who may settles the card in every channel", async () => {
      const { walked, thread, card } = await proposed(mode, lang);
      const { slack, store, pass } = walked;
      await speaks(walked, lang, ELSEWHERE);
      const other = await discussed(walked, "LT-004", ELSEWHERE);
      expect(card().text).toContain("<@U0CHEN>");
      expect(card().text).not.toContain("<@U0WANG>\n");
      const before = card();
      for (const [user, code] of [
        ["U0WANG", "own_proposal"],
        ["U0LIU", "needs_role"],
      ] as const) {
        const refused = await slack.click(card(), words.approve, { user });
        expect(refused.shown).toBe("ephemeral");
        expect(refused.text).toContain(code);
        expect(card()).toEqual(before);
      }
      const done = await slack.click(card(0, other), words.approve, { user: CHEN.id });
      expect(done.shown).toBe("ephemeral");
      await pass(2);
      await pass(2);
      for (const each of [thread, other]) {
        expect(card(0, each).text).toMatch(words.settled);
        expect(card(0, each).text).toMatch(words.decided);
        expect(JSON.stringify(card(0, each).payload)).not.toContain('"actions"');
        expect(each.card().text).toContain("<@U0CHEN>");
      }
      // As it stood before, on a screen that is behind.
      const late = await slack.click(before, words.approve, { user: CHEN.id });
      expect(late.text).toContain("nothing_proposed");
      expect((await store.ledger(0, 10)).filter(({ type }) => type === "rating_approved")).toHaveLength(1);
    });

    test("return asks why in a form, about the proposal that the card shows", async () => {
      const { walked, card } = await proposed(mode, lang);
      const { slack, store, pass } = walked;
      const form = slack.view(await slack.click(card(), words.back, { user: CHEN.id }));
      const { view } = await slack.submit(form, { reason: "口径不明" });
      expect(view?.text).toMatch(words.returned);
      await pass(2);
      expect(card().text).toMatch(words.settled);
      expect(card().text).toMatch(words.returned);
      const [, entry] = (await store.ledger(0, 10)).slice(-2);
      expect(entry).toMatchObject({ type: "rating_returned", data: { reason: "口径不明" } });
    });

    test("an old card after a new proposal decides nothing, nor does a form that it opened", async () => {
      const { walked, thread, card } = await proposed(mode, lang);
      const { slack, store, pass } = walked;
      const old = card();
      const form = slack.view(await slack.click(old, words.back, { user: CHEN.id }));
      await slack.submit(slack.view(await slack.click(old, words.back, { user: CHEN.id })), {
        reason: "口径不明",
      });
      await thread.mention(words.rate);
      await pass(2);
      await pass(2);
      const seq = (await store.ledger(0, 10)).at(-1)?.seq ?? 0;
      const refused = await slack.click(old, words.approve, { user: CHEN.id });
      expect(refused).toMatchObject({ shown: "ephemeral" });
      expect(refused.text).toContain(`#${seq}`);
      const { errors, view } = await slack.submit(form, { reason: "再退一次" });
      expect(`${Object.values(errors ?? {}).join()}${view?.text ?? ""}`).toContain(`#${seq}`);
      expect((await store.ledger(0, 10)).at(-1)?.type).toBe("rating_proposed");
      await slack.click(card(1), words.approve, { user: CHEN.id });
      await pass(2);
      expect(card(1).text).toMatch(words.decided);
      expect(card(0).text).toMatch(words.returned);
    });
  });

  test("two who decide at once have decided once", async () => {
    const { walked, card } = await proposed(mode, "zh", [ZHAO]);
    const { slack, store, pass } = walked;
    await Promise.all([
      slack.click(card(), "通过", { user: CHEN.id }),
      slack.click(card(), "通过", { user: ZHAO.id }),
    ]);
    await pass(2);
    expect((await store.ledger(0, 10)).filter(({ type }) => type === "rating_approved")).toHaveLength(1);
    expect(card().text).toMatch(/^评定 · /u);
  });

  test("what nobody decides is reminded of once, on the second working day", async () => {
    const { walked, thread } = await proposed(mode, "zh");
    const { pass } = walked;
    const reminders = (): number =>
      thread.replies().filter(({ key }) => key?.startsWith("r:") === true).length;
    await pass(DAY);
    expect(reminders()).toBe(0);
    await pass(DAY);
    expect(reminders()).toBe(1);
    for (let day = 0; day < 5; day += 1) await pass(DAY);
    expect(reminders()).toBe(1);
  });
});
