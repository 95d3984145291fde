import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { lanting } from "../support/books.ts";
import { LONG } from "../support/delivery-walk.ts";
import { joined } from "../support/joined.ts";
import type { LifeSetting } from "../support/life-child.ts";
import { askDoor } from "../support/life-doors-ask.ts";
import { ENTRIES, LIFE, tellLedger } from "../support/life-story.ts";
import { stores } from "../support/stores.ts";

/** What the first of a file's processes has compiled, the next ones need not. */
const compiled = mkdtempSync(join(tmpdir(), "qushi-compiled-"));
afterAll(() => rmSync(compiled, { recursive: true, force: true }));

type Cut = "before" | "during" | "after";
/**
 * The short form cuts each line that records once (on PostgreSQL, whose processes take longer, each ninth),
 * the long one every line in each of these ways.
 */
const CUTS: readonly Cut[] = ["before", "during", "after"];

function cutsAt(step: number, leaves: number, kind: "sqlite" | "postgres"): readonly Cut[] {
  if (LONG) return CUTS;
  if (leaves === 0) return [];
  const way = step % CUTS.length;
  if (kind === "postgres" && step % (CUTS.length * 3) !== 0) return [];
  return CUTS.slice(way, way + 1);
}

/** Plays the life in a process of its own; resolves with the last line it answered once it is gone. */
async function live(
  store: LifeSetting["store"],
  lang: LifeSetting["lang"],
  dies: { readonly step: number; readonly when: Cut } | null,
): Promise<{ readonly answered: number; readonly killed: boolean }> {
  const own = dies === null || dies.when === "during" ? null : { step: dies.step, when: dies.when };
  const setting: LifeSetting = { store, lang, dies: own };
  const child = spawn(process.execPath, [joined("tests/support/life-child.ts"), JSON.stringify(setting)], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let answered = -1;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [word, step] = line.split(" ");
    if (word === "end") answered = Number(step);
    // From outside, at whatever it is doing with this line just then.
    if (word === "begin" && dies?.when === "during" && Number(step) === dies.step) child.kill("SIGKILL");
  });
  const signal = await new Promise<string | null>((resolve) => {
    child.on("close", (_code, by) => resolve(by));
  });
  return { answered, killed: signal === "SIGKILL" };
}

describe.each(stores)("kill -9 at every step of a commitment's life ($name)", ({ name, open }) => {
  test("leaves the ledger whole, and what is delivered again is recorded once", async () => {
    const lang = "zh";
    const untouched = await open();
    const door = askDoor(untouched.store, lanting);
    for (const [step, { who, line }] of LIFE.entries()) await door.say(who, line(door.named)[lang], step);
    const keyOf = (who: string) => ({ platform: "terminal", workspace: null, id: who }) as const;
    const expected = await tellLedger(untouched.store, (who) => untouched.store.personKey(keyOf(who)));
    expect(expected).toHaveLength(ENTRIES);

    const opened = await open();
    await opened.store.close();
    for (const [step, { leaves }] of LIFE.entries()) {
      for (const when of cutsAt(step, leaves, name)) {
        const { killed } = await live(opened.options, lang, { step, when });
        expect(killed || when === "during" || leaves === 0, `${step} ${when}`).toBe(true);
        const store = await opened.reopen();
        const told = await tellLedger(store, (who) => store.personKey(keyOf(who)));
        // Whole acts, in order, none of them twice.
        expect(told, `${step} ${when}`).toEqual(expected.slice(0, told.length));
        await store.close();
      }
    }
    expect(await live(opened.options, lang, null)).toEqual({ answered: LIFE.length - 1, killed: false });
    const store = await opened.reopen();
    expect(await tellLedger(store, (who) => store.personKey(keyOf(who)))).toEqual(expected);
    // Every line was taken once: the grants, the refusals and the acts each have one row.
    const audited = (await store.audit(1_000)).length;
    expect(audited).toBe((await untouched.store.audit(1_000)).length);
  }, 240_000);
});
