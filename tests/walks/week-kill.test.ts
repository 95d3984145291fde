import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openSqlite } from "../../src/store/sqlite.ts";
import { LONG } from "../support/delivery-walk.ts";
import type { WeekSetting } from "../support/week-child.ts";
import { mortal, type Mortal } from "../support/week-process.ts";
import { ledgerOf, onFeishu, standingIn, type Told } from "../support/week-record.ts";
import { WEEK, type Act } from "../support/week-script.ts";
import { grantRoles, inProcess, letBe, minutesOf, openWeek, play, type Week } from "../support/week.ts";
import { cst } from "../support/year-rig.ts";

/** After how many commits each life ends: the long form goes through the week in many ways. */
const LIVES = LONG ? [3, 5, 7, 11, 13, 17, 19, 23] : [17];

interface Came {
  readonly ledger: readonly Omit<Told, "at">[];
  readonly slack: readonly string[];
  readonly feishu: readonly string[];
}

const withoutTimes = (ledger: readonly Told[]) => ledger.map(({ at: _at, ...told }) => told);

async function undisturbed(): Promise<Came> {
  const store = await openSqlite({ file: ":memory:" });
  await grantRoles(store);
  const week = await openWeek(inProcess(store));
  try {
    await play(week, WEEK);
    const ledger = withoutTimes(await ledgerOf(store));
    return { ledger, slack: standingIn("slack", week), feishu: standingIn("feishu", week) };
  } finally {
    await week.close();
  }
}

/** What the platform does when nobody acknowledged, and what people do when nothing happens: they click again. */
async function again(act: Act, week: Week): Promise<void> {
  const isEvent = act.deed.type === "mention" || act.deed.type === "talk";
  if (!isEvent) await whenItIsThere(act, week);
  // Slack's fake comes again by itself.
  else if (onFeishu(act.who)) await week.feishu.redeliver();
}

/** What a life had claimed to send when it ended comes once its lease has: what is to be clicked may not be there before. */
async function passLease(week: Week): Promise<void> {
  await week.go(new Date(week.now().getTime() + LEASE_MS));
}
const LEASE_MS = 70_000;
/** Lives that may end, one after the other, while somebody waits for a message. */
const LOOKS = 8;

/** Looks again for what is to be clicked; what was done before the life ended is there no more, and that is well. */
async function whenItIsThere(act: Act, week: Week): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    try {
      return await week.perform(act);
    } catch (error) {
      letBe(error);
      await passLease(week);
    }
  }
}

/** Lets the dead lives' claims lapse: else the week would jump ahead of what they hold, until that is too old to be sent. */
async function passClaims(week: Week, program: Mortal, since: number): Promise<void> {
  for (let deaths = since, look = 0; deaths !== program.deaths() && look < LOOKS; look += 1) {
    deaths = program.deaths();
    await passLease(week);
  }
}

async function playMortal(week: Week, program: Mortal): Promise<void> {
  for (const minute of minutesOf(WEEK)) {
    const atFirst = program.deaths();
    await week.go(cst(minute.at));
    await passClaims(week, program, atFirst);
    for (const act of minute.acts) {
      const before = program.deaths();
      for (let done = false, tries = 0; !done; tries += 1) {
        const dead = program.death().then(() => false);
        const doing = tries === 0 ? week.perform(act) : again(act, week);
        const did = doing.then(() => true);
        did.catch(() => undefined);
        done = await Promise.race([did, dead]);
        if (!done) await program.alive();
      }
      await week.settle();
      await passClaims(week, program, before);
    }
  }
}

describe.each(LIVES)("kill -9 at each %ith commit of the week", (commits) => {
  test.each(LONG ? (["before", "after"] as const) : (["after"] as const))(
    "%s it is written: the same ledger, and the same state of every card at the end",
    async (when) => {
      const folder = await mkdtemp(join(tmpdir(), "qushi-week-"));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const file = join(folder, "qushi.db");
      const before = await openSqlite({ file });
      await grantRoles(before);
      await before.close();
      const lives: WeekSetting["dies"][] = Array.from({ length: 1_000 }, () => ({ commit: commits, when }));
      let program: Mortal | null = null;
      const week = await openWeek(async (fakes, clock) => {
        program = await mortal(fakes, clock, file, lives);
        return program;
      });
      onTestFinished(week.close);
      const running = programOf(program);
      await playMortal(week, running);
      expect(running.deaths()).toBeGreaterThanOrEqual(2);
      await running.stop();
      const store = await openSqlite({ file });
      const expected = await undisturbed();
      expect(withoutTimes(await ledgerOf(store))).toEqual(expected.ledger);
      await store.close();
      expect(standingIn("slack", week)).toEqual(expected.slack);
      expect(standingIn("feishu", week)).toEqual(expected.feishu);
    },
    LONG ? 900_000 : 150_000,
  );
});

function programOf(program: Mortal | null): Mortal {
  if (program === null) throw new Error("nothing runs");
  return program;
}
