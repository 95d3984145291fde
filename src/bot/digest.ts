import { lineLang, readLine } from "../commands/grammar.ts";
import { dayIn } from "../core/day.ts";
import { composeDigest } from "../core/digest.ts";
import { Fault } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import type { Message } from "../message/message.ts";
import { digestView } from "../views/digest.ts";
import { problemView } from "../views/problem.ts";
import type { Desk } from "./desk.ts";

/**
 * A digest for a filter as typed, with the replies that would go in its thread, or the problem with the filter; null
 * where the words are another verb, such as "digest set". `spoken`: a language that was asked for besides the line.
 */
export function digestFor(
  desk: Pick<Desk, "book" | "commands" | "lang" | "zone">,
  filter: string,
  spoken: Lang | null,
  now: Date,
): {
  readonly lang: Lang;
  readonly messages: readonly Message[];
  readonly exit: "answered" | "user_error";
} | null {
  const { asked, written } = lineLang(filter);
  const lang = asked ?? spoken ?? written ?? desk.lang;
  try {
    const { command, values } = readLine(`digest ${filter}`, desk.book, desk.commands);
    if (command.name !== "digest") return null;
    const read = values["filter"];
    const digest = composeDigest(desk.book, Array.isArray(read) ? read : [], dayIn(desk.zone, now));
    const { parent, replies } = digestView(digest, desk.book, now, desk.zone, lang);
    return { lang, messages: [parent, ...replies], exit: "answered" };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { lang, messages: [problemView(error.problem, lang)], exit: "user_error" };
  }
}
