import { lineLang, readLine } from "../commands/grammar.ts";
import { dayIn } from "../core/day.ts";
import { composeDigest } from "../core/digest.ts";
import { Fault } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import type { Message } from "../message/message.ts";
import { digestView } from "../views/digest.ts";
import { problemView } from "../views/problem.ts";
import type { Desk } from "./answer.ts";

/** A digest for a filter as typed, with the replies that would go in its thread; or the problem with the filter. */
export function digestFor(
  desk: Desk,
  filter: string,
  now: Date,
): { readonly lang: Lang; readonly messages: readonly Message[]; readonly exit: "answered" | "user_error" } {
  const { asked, written } = lineLang(filter);
  const lang = asked ?? written ?? desk.lang;
  try {
    const { values } = readLine(`digest ${filter}`, desk.book, desk.commands);
    const read = values["filter"];
    const digest = composeDigest(desk.book, Array.isArray(read) ? read : [], dayIn(desk.zone, now));
    const { parent, replies } = digestView(digest, desk.book, now, desk.zone, lang);
    return { lang, messages: [parent, ...replies], exit: "answered" };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { lang, messages: [problemView(error.problem, lang)], exit: "user_error" };
  }
}
