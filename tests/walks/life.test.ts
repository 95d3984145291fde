import { describe, expect, onTestFinished, test } from "vitest";
import type { Lang } from "../../src/core/lang.ts";
import type { Store } from "../../src/store/store.ts";
import type { Door } from "../support/life-doors-ask.ts";
import { DOORS } from "../support/life-doors.ts";
import { ENTRIES, ID, LIFE, tellLedger } from "../support/life-story.ts";
import { stores } from "../support/stores.ts";

/** Who is named in the history, whatever the door. */
const NAMED = /wang[^]*li[^]*chen/iu;

/**
 * The whole life of a commitment of an invented city: a reading and its pace; a rating refused, then shown, proposed,
 * refused to its own proposer, approved by another; a dispute opened and closed; a reading taken back; the history.
 */
async function play(door: Door, store: Store, lang: Lang): Promise<readonly unknown[]> {
  const left = (): Promise<number> => store.ledger(0, 1_000).then(({ length }) => length);
  let entries = 0;
  for (const [step, { who, line, told, leaves, problem, again }] of LIFE.entries()) {
    const text = line(door.named)[lang];
    const seen = await door.say(who, text, step);
    expect(seen, `${door.name}: ${text}`).toMatch(told[lang]);
    if (problem !== undefined) expect(seen, text).toMatch(new RegExp(`\\b${problem}\\b`, "u"));
    if (again === true) {
      const before = door.answers();
      await door.again();
      expect(door.answers(), `${door.name}, delivered again: ${text}`).toBe(before);
    }
    entries += leaves;
    expect(await left(), `${door.name}: ${text}`).toBe(entries);
  }
  const history = await door.say("wang", `history ${ID} lang:${lang}`, LIFE.length);
  expect(history, door.name).toMatch(NAMED);
  return tellLedger(store, (who) => store.personKey(door.person(who)));
}

describe.each(stores)("the life of a commitment ($name)", ({ open }) => {
  test.each(["zh", "en"] as const)(
    "leaves the same ledger by ask, Slack and Feishu, in %s",
    async (lang) => {
      const ledgers: (readonly unknown[])[] = [];
      for (const enter of DOORS) {
        const { store } = await open();
        const door = await enter(store);
        onTestFinished(() => door.close());
        ledgers.push(await play(door, store, lang));
      }
      const [first = [], ...others] = ledgers;
      expect(first).toHaveLength(ENTRIES);
      for (const other of others) expect(other).toEqual(first);
    },
    60_000,
  );
});
