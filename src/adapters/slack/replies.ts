import { directTo, type Address, type Person } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import type { Reply, Shown } from "../../platform/platform.ts";
import { slackError } from "./errors.ts";
import { sendFiles } from "./files.ts";
import type { Incoming } from "./inbound.ts";
import { drawForm, type ModalContext } from "./modal.ts";
import type { SlackPayload } from "./payload.ts";
import { sendPrepared, type Prepare } from "./prepare.ts";
import { respond, type Showing } from "./respond.ts";
import { patiently } from "./patient.ts";
import { postMessage, type Sending } from "./send.ts";
import type { SlackTimings } from "./timings.ts";
import { openView } from "./view-calls.ts";

export interface Answering {
  readonly sending: Sending;
  readonly log: Log;
  readonly timings: SlackTimings;
  /** Aborted when nothing is waited for any more. */
  readonly stopped: AbortSignal;
}

/** How an acknowledgement is sent; rejects when whoever waited for it is gone. */
export type Acknowledge = (payload?: Showing & SlackPayload) => Promise<void>;

/** Somebody who did something that Slack gives an address and a trigger for. */
export interface Asker {
  readonly actor: Person;
  readonly context: ModalContext;
  /** Where the answer is seen: an answer for one person does not show in a thread that nobody has begun. */
  readonly thread: string | null;
  /** Opens one modal, within 3 s. */
  readonly trigger: string;
  readonly responseUrl: string;
}

/** Where the form that a line opens belongs. */
export function contextOf({ address, ref }: Pick<Incoming, "address" | "ref">): ModalContext {
  const channel = "channel" in address.to ? address.to.channel : "";
  return { team: address.workspace ?? "", channel, thread: address.thread, message: ref?.id ?? null };
}

function audience(how: Shown): Showing["response_type"] {
  return how.audience === "channel" ? "in_channel" : "ephemeral";
}

/** Opens the form that comes with an answer; false where there is none or it cannot be shown: then the message stands. */
export async function showForm(
  { form }: Shown,
  trigger: string,
  context: ModalContext,
  { sending, log }: Answering,
): Promise<boolean> {
  if (form === undefined) return false;
  try {
    await openView(sending, trigger, drawForm(form, context));
    return true;
  } catch (error) {
    log.info("slack: a form could not be opened, saying so instead", { detail: slackError(error).detail });
    return false;
  }
}

/** Somebody's direct messages with us, whichever workspace they are of. */
export function directOf(actor: Person, { sending }: Answering): Address {
  return directTo({ ...actor, workspace: sending.teamId });
}

/** Sends what goes with an answer, and what is to be said where that fails. */
export async function followWithFiles(
  message: Message,
  to: Address,
  { sending, timings }: Answering,
  say: (trouble: Message) => Promise<unknown>,
): Promise<void> {
  const trouble = await sendFiles(sending, message, to, timings.call);
  if (trouble !== null) await say(trouble);
}

/** A typed line is answered where everybody sees it: in its thread, in a direct message beside it. Files go to direct messages. */
export function typedReply(incoming: Incoming, answering: Answering): Reply {
  const { address, ref, via, actor } = incoming;
  const { sending, stopped } = answering;
  const direct = via === "direct";
  const to = { ...address, thread: direct ? address.thread : (address.thread ?? ref?.id ?? null) };
  return async (message) => {
    const say = (said: Message) => patiently(() => postMessage(sending, to, said, null), stopped);
    await say(message);
    await followWithFiles(message, direct ? to : directOf(actor, answering), answering, say);
  };
}

/** What was acknowledged already is answered by one call of the response_url, or by a form over the chat. */
export function clickReply(asker: Asker, replaces: boolean, answering: Answering): Reply {
  const { actor, context, thread, trigger, responseUrl } = asker;
  const { log, timings, stopped } = answering;
  const say = async (message: Message, how: Shown, replace: boolean): Promise<void> => {
    const shown: Showing = {
      response_type: audience(how),
      replace_original: replace,
      ...(thread === null ? {} : { thread_ts: thread }),
    };
    const send = (payload: SlackPayload) => respond(responseUrl, payload, shown, timings.call);
    await patiently(() => sendPrepared(message, log, send), stopped);
  };
  return async (message, how) => {
    if (await showForm(how, trigger, context, answering)) return;
    // What asks to be filled in, or was refused to this person, does not take the place of what others may click.
    await say(message, how, replaces && how.form === undefined && how.refused === undefined);
    await followWithFiles(message, directOf(actor, answering), answering, (trouble) =>
      say(trouble, how, false),
    );
  };
}

/**
 * A slash command's answer travels inside its acknowledgement while that is open; when the answer is late or the
 * connection gone, by response_url. A form takes the acknowledgement empty. `finish` acknowledges if nothing has.
 */
export function slashReply(
  asker: Asker,
  acknowledge: Acknowledge,
  answering: Answering,
  prepare: Prepare,
): { readonly reply: Reply; readonly finish: () => Promise<void> } {
  const { actor, context, trigger, responseUrl } = asker;
  const { log, timings, stopped } = answering;
  let open = true;
  const close = (): boolean => {
    const was = open;
    open = false;
    clearTimeout(timer);
    return was;
  };
  const finish = async (): Promise<void> => {
    if (!close()) return;
    await acknowledge().catch(() => log.debug("slack: a command could not be acknowledged"));
  };
  const timer = setTimeout(() => void finish(), timings.acknowledge);

  const inAcknowledgement = async (message: Message, shown: Showing): Promise<boolean> => {
    if (!close()) return false;
    try {
      await acknowledge(prepare(message, shown));
      return true;
    } catch {
      log.info("slack: nobody waited for an answer any more, using the response address");
      return false;
    }
  };
  const say = async (message: Message, how: Shown): Promise<void> => {
    const shown: Showing = { response_type: audience(how) };
    if (await inAcknowledgement(message, shown)) return;
    const send = (payload: SlackPayload) => respond(responseUrl, payload, shown, timings.call);
    await patiently(() => sendPrepared(message, log, send), stopped);
  };

  const reply: Reply = async (message, how) => {
    if (how.form !== undefined) {
      await finish();
      if (await showForm(how, trigger, context, answering)) return;
    }
    await say(message, how);
    await followWithFiles(message, directOf(actor, answering), answering, (trouble) => say(trouble, how));
  };
  return { reply, finish };
}
