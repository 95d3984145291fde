import type { Running } from "../../src/main.ts";
import type { Grant, Store } from "../../src/store/store.ts";
import { lanting } from "./books.ts";
import { startFakeFeishu } from "./fake-feishu.ts";
import { READS } from "./fake-slack-threads.ts";
import { startFakeSlack } from "./fake-slack.ts";
import { walk } from "./running.ts";
import { NotThere, perform } from "./week-deeds.ts";
import type { Fakes } from "./week-posts.ts";
import { ADMINS, PLAYERS, TICKS, type Act } from "./week-script.ts";
import { doneBy, shownTo, watching, type Seen } from "./week-seen.ts";
import { cst } from "./year-rig.ts";

export const START = cst("2026-07-03 15:59");

/** A Qushi before both fakes: in this process, or in one of its own. */
export interface Program {
  readonly tick: () => Promise<void>;
  readonly pump: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Week extends Fakes {
  readonly seen: readonly Seen[];
  readonly now: () => Date;
  /** Moves the clock there and lets the schedule and the outbox do what is due. */
  readonly go: (at: Date) => Promise<void>;
  /** Lets everything that is under way come to rest; what people see by then is told. */
  readonly settle: () => Promise<void>;
  readonly perform: (act: Act) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Who may do what, before anybody says anything. */
export async function grantRoles(store: Store): Promise<void> {
  const grantedBy = await store.personKey(PLAYERS.chen.person);
  const grants: Grant[] = [];
  for (const { person, role } of Object.values(PLAYERS)) {
    if (role === "admin") continue;
    grants.push({ personKey: await store.personKey(person), role, district: null, grantedBy, at: START });
  }
  await store.commit({ at: START, grants });
}

/** Both fakes with all that the bot may read, and the program that `begin` starts before them. */
export async function openWeek(begin: (fakes: Fakes, clock: () => Date) => Promise<Program>): Promise<Week> {
  let time = START.getTime();
  const now = (): Date => new Date(time);
  const fakes: Fakes = {
    slack: await startFakeSlack(START, { now }),
    feishu: await startFakeFeishu({ now }),
  };
  const { slack, feishu } = fakes;
  for (const scope of READS) slack.scopes.add(scope);
  feishu.scopes.add("im:message.group_msg");
  const program = await begin(fakes, now);

  const seen: Seen[] = [];
  const watch = watching(fakes);
  const look = (at: Date): void => void seen.push(...watch(at));
  const settle = async (): Promise<void> => {
    const from = now();
    for (let quiet = 0; quiet < 2;) {
      const before = slack.calls.length + feishu.calls.length;
      await program.pump();
      // The next message to a channel may go a second later.
      time += 1_500;
      quiet = slack.calls.length + feishu.calls.length === before ? quiet + 1 : 0;
    }
    look(from);
  };
  return {
    ...fakes,
    seen,
    now,
    async go(at) {
      time = Math.max(time, at.getTime());
      await program.tick();
      await settle();
    },
    settle,
    async perform(act) {
      seen.push(doneBy(act, now()));
      const shown = await perform(act, fakes);
      if (shown !== null) seen.push(shownTo(act, shown, now()));
    },
    async close() {
      await program.stop();
      await slack.close();
      await feishu.close();
    },
  };
}

/** The program in this process, once for each client of one store whose roles are granted. */
export function inProcess(
  ...stores: readonly Store[]
): (fakes: Fakes, clock: () => Date) => Promise<Program> {
  return async ({ slack, feishu }, clock) => {
    const each: Running[] = [];
    for (const store of stores) {
      const greeted = slack.nextGreeting();
      greeted.catch(() => undefined);
      const chats = { slack: slack.credentials, feishu: feishu.credentials };
      const { running } = await walk({ dataset: lanting, ...chats, admins: ADMINS, store, clock });
      await Promise.all([greeted, feishu.connected()]);
      each.push(running);
    }
    return {
      tick: async () => void (await Promise.all(each.map((running) => running.tick(clock())))),
      pump: async () => void (await Promise.all(each.map((running) => running.pump()))),
      stop: async () => void (await Promise.all(each.map((running) => running.stop()))),
    };
  };
}

/** The script by minutes, ticks included: what happens at one minute happens at once. */
export function minutesOf(
  acts: readonly Act[],
): readonly { readonly at: string; readonly acts: readonly Act[] }[] {
  const minutes = [...new Set([...acts.map(({ at }) => at), ...TICKS])].toSorted();
  return minutes.map((at) => ({ at, acts: acts.filter((act) => act.at === at) }));
}

/** Plays the script one act after the other; `after` is called when each is done. */
export async function play(
  week: Week,
  acts: readonly Act[],
  after: (act: Act) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const minute of minutesOf(acts)) {
    await week.go(cst(minute.at));
    for (const act of minute.acts) {
      await week.perform(act);
      await after(act);
      await week.settle();
    }
  }
}

/** Plays what stands at one minute at once, each minute in an order of its own; what can no longer be done is let be. */
export async function playAtOnce(
  week: Week,
  acts: readonly Act[],
  order: (acts: readonly Act[]) => readonly Act[],
): Promise<void> {
  for (const minute of minutesOf(acts)) {
    await week.go(cst(minute.at));
    await Promise.all(order(minute.acts).map((act) => week.perform(act).catch(letBe)));
    await week.settle();
  }
}

export function letBe(error: unknown): void {
  if (!(error instanceof NotThere)) throw error;
}
