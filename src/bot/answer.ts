import { randomUUID } from "node:crypto";
import { ZodError } from "zod";
import type { Context, Result } from "../commands/command.ts";
import { fieldOf } from "../commands/field-of.ts";
import { readForm, type Submitted } from "../commands/form.ts";
import { lineLang, readLine } from "../commands/grammar.ts";
import { lineInThread, type ThreadAbout } from "../commands/thread-line.ts";
import { suggest } from "../commands/registry.ts";
import { dayIn } from "../core/day.ts";
import { Fault, type ProblemCode } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import { directTo, placeOf, type Address, type Person } from "../core/place.ts";
import type { Entry } from "../core/record.ts";
import type { Role } from "../core/roles.ts";
import type { Form } from "../message/form.ts";
import type { Message } from "../message/message.ts";
import { StoreError } from "../store/store.ts";
import { problemView } from "../views/problem.ts";
import { askerOf, askIn, authorize, need, type Asker } from "./authorize.ts";
import type { Desk } from "./desk.ts";
import { formFor } from "./form-for.ts";
import { settingsOf } from "./speaking.ts";

/** A line, who sent it, when, and the place it was sent in. */
export interface Asking {
  readonly line: string;
  /** A form that was sent instead of a line, which then is empty. */
  readonly form?: Submitted;
  readonly actor: Person;
  /** Of another company, in a place shared with it. */
  readonly isExternal?: boolean;
  /** The channel, or the person in direct messages: rules are set for it. */
  readonly place: Address;
  /** When it counts as asked: now, or for what was typed while the platform was away, when it was typed. */
  readonly at: Date;
  readonly isLate?: boolean;
  /** The thread and the message it came in, where there is one. */
  readonly from?: Entry["from"];
  /** What the thread is about that it came in, where that is known. */
  readonly about?: ThreadAbout | null;
  /** Where a message can be looked at; none on the command line. */
  readonly linkTo?: Context["linkTo"];
  /** Given on the command line in place of what the actor has; null: what the actor has. */
  readonly role: Role | null;
  /** Given on the command line; a line that names a language itself wins. */
  readonly lang: Lang | null;
}

/** One answer. `exit` says whether the line was answered, was the user's error, or failed on our side. */
export interface Answer {
  readonly message: Message;
  readonly lang: Lang;
  /** Asked to be shown to everyone. */
  readonly share: boolean;
  readonly exit: "answered" | "user_error" | "fault" | "busy";
  /** What an unexpected failure was, for the log. */
  readonly failure: string | null;
  /** The verb that ran or was refused; null where the line could not be read. */
  readonly verb: string | null;
  readonly problem: ProblemCode | null;
  /** To be filled in, where something was to be recorded and lacks a part. */
  readonly form: Form | null;
  /** The field of a submitted form that the problem is about; null where it is about none in particular. */
  readonly field: string | null;
  /** What is still to be written before the answer may be given. */
  readonly result: Result | null;
}

/**
 * Answers a line; writes nothing. `inboundId` is the same whenever the same inbound is answered: what is recorded is
 * named after it. Never rejects: what the user can mend is told, anything else is a fault that is told
 * as one.
 */
export async function answer(desk: Desk, asking: Asking, inboundId: string = randomUUID()): Promise<Answer> {
  const { book, commands } = desk;
  const { line, actor, place, at } = asking;
  const [own, here] = await Promise.all([settingsOf(desk, directTo(actor)), settingsOf(desk, place)]);
  await behind(desk, at);
  // A form carries the language in which it was drawn.
  const { asked, written } = lineLang(
    asking.form === undefined ? line.slice(0, 4_000) : `lang:${asking.form.values["lang"] ?? ""}`,
  );
  const lang = asked ?? asking.lang ?? own.lang ?? written ?? here.lang ?? desk.lang;
  const zone = own.zone ?? here.zone ?? desk.zone;
  let verb: string | null = null;
  const failed = (
    problem: Parameters<typeof problemView>[0],
    exit: Answer["exit"],
    failure: string | null,
    form: Form | null = null,
  ): Answer => ({
    message: problemView(problem, lang),
    lang,
    share: false,
    exit,
    failure,
    verb,
    problem: problem.code,
    form,
    field: asking.form === undefined ? null : fieldOf(problem, asking.form.verb),
    result: null,
  });
  try {
    const call =
      asking.form === undefined
        ? readLine(meantLine(asking, desk), book, commands)
        : readForm(asking.form, book, commands);
    verb = call.command.name;
    if (call.command.effect === "record") await desk.catchUp.now();
    const asker = await askerOf(desk.shelf, call.command, asking, desk.admins);
    authorize(call.command, call.values, book, asker);
    const context = contextOf(desk, asking, asker, inboundId, { lang, zone });
    const result = await call.command.run(context, call.values);
    const { message } = result;
    return { message, lang, share: call.share, exit: "answered", failure: null, verb, ...NO_PROBLEM, result };
  } catch (error) {
    if (error instanceof Fault)
      return failed(
        error.problem,
        "user_error",
        null,
        await formFor(desk, asking, error.problem, { lang, zone }),
      );
    if (error instanceof StoreError)
      return failed({ code: "store_busy", fix: error.fix }, "busy", `the store is ${error.code}`);
    return failed({ code: "internal" }, "fault", failureText(error));
  }
}

/** In a thread the id is implied. */
function meantLine({ line, about }: Asking, { book, commands }: Desk): string {
  return about === undefined || about === null ? line : lineInThread(line, about, book, commands);
}

const NO_PROBLEM = { problem: null, form: null, field: null } as const;

function contextOf(
  { book, commands, shelf, library, admins, program, vitals }: Desk,
  { actor, place, at, isLate, from, linkTo }: Asking,
  asker: Asker,
  inboundId: string,
  spoken: Pick<Context, "lang" | "zone">,
): Context {
  const { lang, zone } = spoken;
  return {
    book,
    lang,
    now: at,
    today: dayIn(zone, at),
    zone,
    actor,
    here: placeOf(place),
    commands,
    shelf,
    library,
    admins,
    rights: asker.rights,
    granters: askIn(asker, null),
    actorKey: asker.key,
    inboundId,
    from: from ?? { address: place, message: null },
    isLate: isLate ?? false,
    linkTo: linkTo ?? (() => null),
    need: (role, district) => need(role, district, asker, book),
    program,
    vitals,
    suggest: (words) => suggest(book, commands, words, lang),
  };
}

/** The answer to a line whose change could not be written. */
export function notWritten(answered: Answer, error: StoreError): Answer {
  const { lang } = answered;
  return {
    ...answered,
    message: problemView({ code: "store_busy", fix: error.fix }, lang),
    share: false,
    exit: "busy",
    failure: `the store is ${error.code}`,
    problem: "store_busy",
    form: null,
    field: null,
    result: null,
  };
}

/** A store that is away must not keep a question from its answer: what is known is told. */
async function behind({ catchUp }: Desk, at: Date): Promise<void> {
  try {
    await catchUp.lately(at);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}

function failureText(error: unknown): string {
  if (error instanceof ZodError) return "arguments did not fit";
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
