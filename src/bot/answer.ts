import { ZodError } from "zod";
import type { Command, Context } from "../commands/command.ts";
import { lineLang, readLine } from "../commands/grammar.ts";
import { registry, suggest } from "../commands/registry.ts";
import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import { Fault } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import type { Address, Person } from "../core/place.ts";
import type { Message } from "../message/message.ts";
import { problemView } from "../views/problem.ts";

/** What answers lines: the book, and what the environment says about language and time. */
export interface Desk {
  readonly book: Book;
  readonly commands: readonly Command[];
  /** QUSHI_LANG, else the dataset's first language. */
  readonly lang: Lang;
  readonly zone: string;
  readonly program: string;
}

/** One answer. `exit` says whether the line was answered, was the user's error, or failed on our side. */
export interface Answer {
  readonly message: Message;
  readonly lang: Lang;
  /** Asked to be shown to everyone. */
  readonly share: boolean;
  readonly exit: "answered" | "user_error" | "fault";
  /** What an unexpected failure was, for the log. */
  readonly failure: string | null;
}

export function createDesk(
  book: Book,
  settings: { readonly lang: Lang | null; readonly zone: string | null; readonly program: string },
): Desk {
  const [first] = book.dataset.languages;
  return {
    book,
    commands: registry(book),
    lang: settings.lang ?? first ?? "en",
    zone: settings.zone ?? book.dataset.zone,
    program: settings.program,
  };
}

/** Answers a line asked at `here` (null on the command line). Never throws: what the user can mend is told, anything else is a fault that is told as one. */
export function answer(
  desk: Desk,
  line: string,
  actor: Person,
  now: Date,
  here: Address | null = null,
): Answer {
  const { asked, written } = lineLang(line.slice(0, 4_000));
  const lang = asked ?? written ?? desk.lang;
  try {
    const call = readLine(line, desk.book, desk.commands);
    const context: Context = {
      book: desk.book,
      lang,
      now,
      today: dayIn(desk.zone, now),
      zone: desk.zone,
      actor,
      here,
      commands: desk.commands,
      program: desk.program,
      suggest: (words) => suggest(desk.book, desk.commands, words, lang),
    };
    return {
      message: call.command.run(context, call.values),
      lang,
      share: call.share,
      exit: "answered",
      failure: null,
    };
  } catch (error) {
    if (error instanceof Fault)
      return {
        message: problemView(error.problem, lang),
        lang,
        share: false,
        exit: "user_error",
        failure: null,
      };
    const failure =
      error instanceof ZodError
        ? "arguments did not fit"
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    return { message: problemView({ code: "internal" }, lang), lang, share: false, exit: "fault", failure };
  }
}
