import { formatPerson, type Person } from "../../src/core/place.ts";
import type { Store } from "../../src/store/store.ts";
import { lanting } from "./books.ts";
import { FAKE_CHAT, startFakeFeishu } from "./fake-feishu.ts";
import { entrance, MODES, type Mode } from "./fake-feishu-walk.ts";
import { CHANNEL } from "./fake-slack-people.ts";
import { TEAM } from "./fake-slack-state.ts";
import { startFakeSlack } from "./fake-slack.ts";
import { askDoor, type Door } from "./life-doors-ask.ts";
import { START, timeOf } from "./life-story.ts";
import { walk } from "./running.ts";

/** Mentions in a channel of Slack, through the whole program. */
export async function slackDoor(store: Store): Promise<Door> {
  let now = START;
  const slack = await startFakeSlack(START);
  const person = (who: string): Person => ({
    platform: "slack",
    workspace: TEAM,
    id: `U0${who.toUpperCase()}`,
  });
  const qushi = await walk({
    dataset: lanting,
    slack: slack.credentials,
    admins: [person("boss")],
    store,
    clock: () => now,
  });
  await slack.nextGreeting();
  return {
    name: "slack",
    person,
    named: (who) => `<@${person(who).id}>`,
    answers: () => slack.posts(CHANNEL).length,
    async say(who, line, step) {
      now = timeOf(step);
      // A person who is named is a mention, which the fake does not type by itself.
      const wire = line.replaceAll(/https?:\/\/[^\s，。）、|]+/gu, (url) => `<${url}>`);
      const raw = `<@U0QUSHI> ${wire}`;
      return (await slack.mention(raw, { user: person(who).id, raw: true })).text;
    },
    async again() {
      await slack.redeliver();
      await slack.settled();
    },
    async close() {
      await qushi.running.stop();
      await slack.close();
    },
  };
}

/** Mentions in a group of Feishu, through the whole program. */
export async function feishuDoor(store: Store, mode: Mode = "long connection"): Promise<Door> {
  let now = START;
  const feishu = await startFakeFeishu({ now: () => now });
  const { credentials, connect } = entrance(feishu, mode);
  const person = (who: string): Person => ({ platform: "feishu", workspace: null, id: `ou_${who}` });
  const qushi = await walk({
    dataset: lanting,
    feishu: credentials,
    admins: [person("boss")],
    store,
    clock: () => now,
  });
  await connect(qushi);
  return {
    name: `feishu, ${mode}`,
    person,
    named: (who) => formatPerson(person(who)),
    answers: () => feishu.posts(FAKE_CHAT).length,
    async say(who, line, step) {
      now = timeOf(step);
      return (await feishu.mention(line, { user: person(who).id })).text;
    },
    again: async () => void (await feishu.redeliver()),
    async close() {
      await qushi.running.stop();
      await feishu.close();
    },
  };
}

export const DOORS: readonly ((store: Store) => Promise<Door>)[] = [
  (store) => Promise.resolve(askDoor(store, lanting)),
  slackDoor,
  ...MODES.map((mode) => (store: Store) => feishuDoor(store, mode)),
];
