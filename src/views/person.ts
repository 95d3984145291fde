import type { Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import type { Span } from "../message/message.ts";
import { say } from "./print.ts";

/** Somebody in a line: by name where their platform shows it, in words for whoever sits at the terminal. */
export function personSpan(person: Person, lang: Lang): Span {
  return person.platform === "terminal" ? say(lang, "终端用户", "the user at the terminal") : { person };
}
