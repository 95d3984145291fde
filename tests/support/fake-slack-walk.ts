import { onTestFinished } from "vitest";
import type { Dataset } from "../../src/core/commitment.ts";
import type { Person } from "../../src/core/place.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { MONDAY, shenzhen } from "./books.ts";
import { USER } from "./fake-slack-people.ts";
import { TEAM } from "./fake-slack-state.ts";
import { startFakeSlack, type FakeSlack } from "./fake-slack.ts";
import { walk, type Walk } from "./running.ts";

/** How Slack reaches the bot. */
export const MODES = ["socket", "http"] as const;
export type Mode = (typeof MODES)[number];

export const WANG: Person = { platform: "slack", workspace: TEAM, id: USER };
export const CHEN: Person = { platform: "slack", workspace: TEAM, id: "U0CHEN" };

/** One Qushi on the fake, its store at hand, its clock moved by the walk. */
export interface SlackWalk {
  readonly slack: FakeSlack;
  readonly store: Store;
  readonly running: Walk["running"];
  readonly now: () => Date;
  /** Sets the clock; nothing is done that falls due. */
  readonly go: (to: Date) => void;
  /** Puts the clock on and lets the schedule and the outbox do what is due. */
  readonly pass: (seconds: number) => Promise<void>;
}

export interface SlackSetting {
  readonly dataset?: Dataset;
  /** By default one who asks (WANG) and one who reviews (CHEN). */
  readonly admins?: readonly Person[];
  /** Granted besides those that the bot has at least. */
  readonly scopes?: readonly string[];
  /** Channels with the bot in them where the environment asks for a digest each. */
  readonly digestTo?: readonly string[];
  /** By default Monday, 09:07 in Shenzhen. */
  readonly from?: Date;
}

/** Started in this mode and connected; everything is closed when the test is over. */
export async function slackWalk(mode: Mode, setting: SlackSetting = {}): Promise<SlackWalk> {
  const { close, ...walked } = await openSlackWalk(mode, setting);
  onTestFinished(close);
  return walked;
}

/** The same for several tests: whoever opens it closes it. */
export async function openSlackWalk(
  mode: Mode,
  { dataset = shenzhen, admins = [WANG, CHEN], scopes = [], digestTo = [], from = MONDAY }: SlackSetting = {},
): Promise<SlackWalk & { readonly close: () => Promise<void> }> {
  let time = from.getTime();
  const now = (): Date => new Date(time);
  const slack = await startFakeSlack(from, { now });
  for (const scope of scopes) slack.scopes.add(scope);
  for (const id of digestTo) slack.addChannel({ id, member: true, archived: false });
  const store = await openSqlite({ file: ":memory:" });
  const receiver = mode === "socket" ? slack.credentials : slack.httpCredentials;
  const greeted = slack.nextGreeting();
  greeted.catch(() => undefined);
  const { running } = await walk({
    dataset,
    slack: receiver,
    admins,
    store,
    digestTo: digestTo.map((id) => `slack:${TEAM}:${id}`),
    clock: now,
  });
  if (mode === "socket") await greeted;
  else slack.deliverTo(await listening(running));
  const pass = async (seconds: number): Promise<void> => {
    time += seconds * 1_000;
    await running.tick(now());
    for (let step = 0; step < 5; step += 1) {
      await running.pump();
      time += 1_500;
    }
  };
  const go = (to: Date): void => {
    time = to.getTime();
  };
  const close = async (): Promise<void> => {
    await running.stop();
    await slack.close();
  };
  return { slack, store, running, now, go, pass, close };
}

/** The address for Slack's requests, once something answers there. */
async function listening(running: Walk["running"]): Promise<string> {
  const address = running.address();
  if (address === null) throw new Error("Qushi listens nowhere");
  while (!(await fetch(`${address}/health`)).ok);
  return `${address}/slack/events`;
}
