import type { Lang } from "../core/lang.ts";
import type { Address, Person } from "../core/place.ts";
import type { Span } from "../message/message.ts";
import { say } from "./print.ts";

/** Who acts under a key of the record; null for somebody who was forgotten. */
export type Who = (actorKey: string) => Person | null;

/** Somebody in a line: by name where their platform shows it, elsewhere as one of its users. */
export function personSpan(person: Person, lang: Lang): Span {
  if (person.platform === "terminal") return terminalWords(person, lang);
  return { person, words: personWords(person, lang) };
}

/** The same where the account is needed to act: by name on its own platform, elsewhere as it is typed in a line. */
export function exactPersonSpan(person: Person, lang: Lang): Span {
  return person.platform === "terminal" ? terminalWords(person, lang) : { person };
}

/** People in a row, as in “ask one of these”. */
export function personSpans(people: readonly Person[], lang: Lang): readonly Span[] {
  return people.flatMap((person, at) => [
    ...(at === 0 ? [] : [say(lang, "、", ", ")]),
    personSpan(person, lang),
  ]);
}

/** Who recorded something; somebody who was forgotten keeps the act and loses the name. */
export function actorSpan(actorKey: string, who: Who, lang: Lang): Span {
  const person = who(actorKey);
  return person === null ? say(lang, "已离开的同事", "a former colleague") : personSpan(person, lang);
}

/** A place in a line: a channel by its name where its platform shows it. */
export function placeSpan(place: Address, lang: Lang): Span {
  return { place, words: placeWords(place, lang) };
}

function terminalWords({ id }: Person, lang: Lang): string {
  return id === "terminal"
    ? say(lang, "终端用户", "the user at the terminal")
    : say(lang, `${id}（终端）`, `${id} (terminal)`);
}

/** What tells two ids apart that nobody reads. */
function ending(id: string): string {
  return `…${Array.from(id).slice(-4).join("")}`;
}

function personWords({ platform, id }: Person, lang: Lang): string {
  const end = ending(id);
  switch (platform) {
    case "slack":
      return say(lang, `Slack 用户（${end}）`, `Slack user ${end}`);
    case "feishu":
      return say(lang, `飞书用户（${end}）`, `Feishu user ${end}`);
    case "terminal":
    case "webhook":
      return id;
  }
}

function placeWords({ platform, workspace, to }: Address, lang: Lang): string {
  if ("person" in to) {
    const who = personWords({ platform, workspace, id: to.person }, lang);
    return say(lang, `与${/^[A-Z]/u.test(who) ? " " : ""}${who}的私聊`, `the direct messages of ${who}`);
  }
  const end = ending(to.channel);
  switch (platform) {
    case "slack":
      return say(lang, `Slack 频道（${end}）`, `Slack channel ${end}`);
    case "feishu":
      return say(lang, `飞书群（${end}）`, `Feishu group ${end}`);
    case "webhook":
      return say(lang, `Webhook ${to.channel}`, `webhook ${to.channel}`);
    case "terminal":
      return say(lang, "终端", "the terminal");
  }
}
