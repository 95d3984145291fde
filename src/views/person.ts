import type { Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import type { Span } from "../message/message.ts";
import { say } from "./print.ts";

/** Who acts under a key of the record; null for somebody who was forgotten. */
export type Who = (actorKey: string) => Person | null;

/** Somebody in a line: by name where their platform shows it, in words for whoever sits at the terminal. */
export function personSpan(person: Person, lang: Lang): Span {
  if (person.platform !== "terminal") return { person };
  const name = person.id === "terminal" ? null : person.id;
  return name === null
    ? say(lang, "终端用户", "the user at the terminal")
    : say(lang, `${name}（终端）`, `${name} (terminal)`);
}

/** Who recorded something; somebody who was forgotten keeps the act and loses the name. */
export function actorSpan(actorKey: string, who: Who, lang: Lang): Span {
  const person = who(actorKey);
  return person === null ? say(lang, "已离开的同事", "a former colleague") : personSpan(person, lang);
}
