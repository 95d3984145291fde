import { expect, test } from "vitest";
import type { Person } from "../../src/core/place.ts";
import { lanting } from "../support/books.ts";
import { CHANNEL } from "../support/fake-slack-people.ts";
import { TEAM } from "../support/fake-slack-state.ts";
import { MODES, slackWalk } from "../support/fake-slack-walk.ts";
import { ENTRIES, LIFE, START, tellLedger, timeOf, type Cast } from "../support/life-story.ts";

const person = (who: Cast): Person => ({ platform: "slack", workspace: TEAM, id: `U0${who.toUpperCase()}` });
const named = (who: Cast): string => `<@${person(who).id}>`;
/** As Slack's client sends what is typed: links in brackets, people as they are. */
const typed = (line: string): string => line.replaceAll(/https?:\/\/[^\s，。）、|]+/gu, (url) => `<${url}>`);

test.each(MODES.flatMap((mode) => (["zh", "en"] as const).map((lang) => [mode, lang] as const)))(
  "the life of a commitment by slash commands alone (%s, %s): each step told, in private, and the same ledger kept",
  { timeout: 60_000 },
  async (mode, lang) => {
    const setting = { dataset: lanting, admins: [person("boss")], from: START };
    const { slack, store, go } = await slackWalk(mode, setting);
    let entries = 0;
    for (const [step, { who, line, told, leaves, problem }] of LIFE.entries()) {
      go(timeOf(step));
      const text = line(named)[lang];
      const seen = await slack.slash(typed(text), { user: person(who).id, raw: true });
      // What lacks something opens a form instead, with the same words.
      expect(seen.text, text).toMatch(told[lang]);
      expect(["ephemeral", "view"], text).toContain(seen.shown);
      if (problem !== undefined) expect(seen.text, text).toContain(problem);
      entries += leaves;
      expect(await store.ledger(0, 1_000), text).toHaveLength(entries);
    }
    const ledger = await tellLedger(store, (who) => store.personKey(person(who)));
    expect(ledger).toHaveLength(ENTRIES);
    // In the channel stand the public lines of the outbox and none of the answers.
    const posts = slack.posts(CHANNEL);
    expect(posts.filter(({ key, text }) => key === null || !text.includes("<@U0"))).toEqual([]);
  },
);
