import { perform } from "../../src/bot/perform.ts";
import { createDesk } from "../../src/bot/desk.ts";
import { createBook } from "../../src/core/book.ts";
import { formatPerson, type Address, type Person } from "../../src/core/place.ts";
import type { Role } from "../../src/core/roles.ts";
import { renderText } from "../../src/message/text.ts";
import type { Store } from "../../src/store/store.ts";
import { lanting } from "./books.ts";
import { FAKE_CHAT, startFakeFeishu } from "./fake-feishu.ts";
import { CHANNEL } from "./fake-slack-people.ts";
import { TEAM } from "./fake-slack-state.ts";
import { startFakeSlack } from "./fake-slack.ts";
import { START, timeOf, type Cast } from "./life-story.ts";
import { walk } from "./running.ts";

/** A way in, with the program behind it. */
export interface Door {
  readonly name: string;
  readonly person: (who: Cast) => Person;
  /** How a person is named in a line. */
  readonly named: (who: Cast) => string;
  /** Says a line as the step of that number; resolves with what is seen. */
  say(who: Cast, line: string, step: number): Promise<string>;
  /** The last line is delivered once more; resolves with how often something was said because of it. */
  again(): Promise<void>;
  /** How many answers stand where the lines were said. */
  answers(): number;
  close(): Promise<void>;
}

/** What `qushi ask --user NAME:ROLE` gives, which is what the grants of the story would. */
const ROLE: Readonly<Record<Cast, readonly [before: Role, after: Role]>> = {
  boss: ["admin", "admin"],
  wang: ["viewer", "tracker"],
  chen: ["viewer", "reviewer"],
  li: ["viewer", "reviewer"],
};
const TERMINAL: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };

/** As `qushi ask` answers lines: each by `perform`, with the role that the command line gives. */
export function askDoor(store: Store): Promise<Door> {
  const settings = { lang: null, zone: null, admins: [], program: "0.0.0" };
  const desk = createDesk(createBook(lanting), store, settings);
  const person = (who: Cast): Person => ({ platform: "terminal", workspace: null, id: who });
  const granted = new Set<string>();
  let answers = 0;
  let last: () => Promise<string> = () => Promise.reject(new Error("nothing was said yet"));
  return Promise.resolve({
    name: "ask",
    person,
    named: (who) => formatPerson(person(who)),
    answers: () => answers,
    async say(who, line, step) {
      for (const [, name] of line.matchAll(/terminal:(\w+)/gu)) granted.add(name ?? "");
      const role = ROLE[who][granted.has(who) ? 1 : 0];
      const asking = { line, actor: person(who), place: TERMINAL, at: timeOf(step), role, lang: null };
      last = async () => {
        const answered = await perform(desk, store, asking, {
          id: `life-${step}`,
          isRedelivered: true,
          isPrivate: false,
        });
        if (answered === null) return "";
        answers += 1;
        if (answered.failure !== null) throw new Error(answered.failure);
        return `${renderText(answered.message, { columns: 1_000, colour: false })}`;
      };
      return last();
    },
    again: async () => void (await last()),
    close: () => store.close(),
  });
}

/** Mentions in a channel of Slack, through the whole program. */
export async function slackDoor(store: Store): Promise<Door> {
  let now = START;
  const slack = await startFakeSlack(START);
  const person = (who: Cast): Person => ({
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
export async function feishuDoor(store: Store): Promise<Door> {
  let now = START;
  const feishu = await startFakeFeishu({ now: () => now });
  const person = (who: Cast): Person => ({ platform: "feishu", workspace: null, id: `ou_${who}` });
  const qushi = await walk({
    dataset: lanting,
    feishu: { appId: feishu.appId, appSecret: feishu.appSecret, domain: feishu.url },
    admins: [person("boss")],
    store,
    clock: () => now,
  });
  await feishu.connected();
  return {
    name: "feishu",
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

export const DOORS: readonly ((store: Store) => Promise<Door>)[] = [askDoor, slackDoor, feishuDoor];
