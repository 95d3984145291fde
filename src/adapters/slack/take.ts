import { directTo, type Person } from "../../core/place.ts";
import type { Message } from "../../message/message.ts";
import type { Inbound, OnInbound, Reply } from "../../platform/platform.ts";
import type { Identity } from "./identity.ts";
import { readClick, readSlash, readTalk, readTyped, type Incoming } from "./inbound.ts";
import { isFromHome, readKept, readSubmission, readSuggestion, readViewClick } from "./interactions.ts";
import { drawOptions } from "./modal.ts";
import { readOccurrence } from "./places.ts";
import { createPrepare } from "./prepare.ts";
import { renderWithTextCharts } from "./render.ts";
import { clickReply, contextOf, slashReply, typedReply, type Answering } from "./replies.ts";
import type { Ticket } from "./ticket.ts";
import { publishHome } from "./view-calls.ts";
import { submissionReply, viewClickReply } from "./view-replies.ts";

export interface TakeOptions {
  readonly identity: Identity;
  readonly answering: Answering;
  readonly now: () => Date;
  readonly onInbound: OnInbound;
  readonly onRemoved: (code: string) => void;
}

/** Hands a payload on as what it is and sees to its acknowledgement; rejects with what onInbound rejects with. */
export type Take = (body: object, ticket: Ticket) => Promise<void>;

/** By a payload's `type`: docs.slack.dev/reference/interaction-payloads. Commands have none, and events are wrapped. */
export function createTaker(options: TakeOptions): Take {
  const takers = new Map<string, Take>([
    ["event", eventTaker(options)],
    ["command", commandTaker(options)],
    ["block_actions", clickTaker(options)],
    ["view_submission", submissionTaker(options)],
    ["block_suggestion", suggestionTaker(options)],
    ["message_action", shortcutTaker(options)],
  ]);
  return async (body, ticket) => {
    await takers.get(kindOf(body))?.(body, ticket);
  };
}

function kindOf(body: object): string {
  if ("event" in body) return "event";
  if ("command" in body) return "command";
  return "type" in body && typeof body.type === "string" ? body.type : "";
}

/** Whoever waits may be gone; what was asked is answered by another way. */
async function acknowledge(ticket: Ticket, { log }: Answering): Promise<void> {
  await ticket.acknowledge().catch(() => log.debug("slack: nobody waited for an acknowledgement"));
}

function commandTaker({ identity, answering, now, onInbound }: TakeOptions): Take {
  // Nobody hears of it where Slack refuses what an acknowledgement holds, so it holds nothing that is new.
  const prepare = createPrepare(answering.log, renderWithTextCharts);
  return async (body, ticket) => {
    const read = readSlash(body, identity, now());
    if (read === null) return;
    const { incoming } = read;
    const asker = { ...read, actor: incoming.actor, context: contextOf(incoming), thread: null };
    const { reply, finish } = slashReply(asker, ticket.acknowledge, answering, prepare);
    try {
      await onInbound({ ...incoming, reply });
    } finally {
      await finish();
    }
  };
}

/** Shows the home tab anew after what was done from it: Slack tells of it only when somebody opens it again. */
async function refreshHome(
  { id, at, actor }: Pick<Inbound, "id" | "at"> & { readonly actor: Person },
  { answering: { sending }, onInbound }: TakeOptions,
): Promise<void> {
  const place = directTo({ ...actor, workspace: sending.teamId });
  const show = (home: Message): Promise<void> => publishHome(sending, actor.id, home);
  await onInbound({ type: "home", id: `${id}:home`, at, actor, address: place, place, show });
}

/** Does nothing for a click that somebody makes on the same button again while it is still being answered. */
function createOnce(): (clicked: Incoming, work: () => Promise<void>) => Promise<void> {
  const underWay = new Set<string>();
  return async ({ actor, address, ref, line }, work) => {
    const key = JSON.stringify([actor, address, ref?.id, line]);
    if (underWay.has(key)) return;
    underWay.add(key);
    try {
      await work();
    } finally {
      underWay.delete(key);
    }
  };
}

function clickTaker(options: TakeOptions): Take {
  const { identity, answering, onInbound } = options;
  const once = createOnce();
  return async (body, ticket) => {
    const acknowledged = acknowledge(ticket, answering);
    const click = readClick(body, identity);
    const inView = click === null ? readViewClick(body, identity) : null;
    await acknowledged;
    if (click !== null) {
      const { incoming, replace } = click;
      const { actor, address } = incoming;
      const asker = { ...click, actor, context: contextOf(incoming), thread: address.thread };
      await once(incoming, () => onInbound({ ...incoming, reply: clickReply(asker, replace, answering) }));
    } else if (inView !== null) {
      const { incoming } = inView;
      const reply = viewClickReply({ ...inView, actor: incoming.actor }, answering);
      await once(incoming, () => onInbound({ ...incoming, reply }));
      if (isFromHome(inView.context)) await refreshHome(incoming, options);
    }
  };
}

function submissionTaker(options: TakeOptions): Take {
  const { identity, answering, now, onInbound } = options;
  return async (body, ticket) => {
    const read = readSubmission(body, identity, now());
    if (read === null) return;
    const { submitted } = read;
    const from = { ...read, actor: submitted.actor };
    const { reply, finish } = submissionReply(from, ticket.acknowledge, answering);
    try {
      await onInbound({ ...submitted, reply });
    } finally {
      await finish();
    }
    if (isFromHome(read.context)) await refreshHome(submitted, options);
  };
}

function suggestionTaker({ identity, now, onInbound }: TakeOptions): Take {
  return async (body, ticket) => {
    const asked = readSuggestion(body, identity, now());
    if (asked === null) return;
    await onInbound({ ...asked, offer: (choices) => ticket.acknowledge(drawOptions(choices)) });
  };
}

function shortcutTaker({ identity, answering, onInbound }: TakeOptions): Take {
  return async (body, ticket) => {
    const acknowledged = acknowledge(ticket, answering);
    const read = readKept(body, identity);
    await acknowledged;
    if (read === null) return;
    const { kept } = read;
    const asker = { ...read, actor: kept.actor, context: contextOf(kept) };
    await onInbound({ ...kept, reply: clickReply(asker, false, answering) });
  };
}

/** Events are delivered again unless acknowledged: not before they are stored, and never where they could not be. */
function eventTaker({ identity, answering, onInbound, onRemoved }: TakeOptions): Take {
  const { sending } = answering;
  const accept = async (inbound: Inbound, ticket: Ticket): Promise<void> => {
    try {
      await onInbound(inbound);
    } catch (error) {
      ticket.refuse();
      throw error;
    }
  };
  /** Whoever replies has stored what there is to store. */
  const stored =
    (reply: Reply, ticket: Ticket): Reply =>
    async (message, how) => {
      await acknowledge(ticket, answering);
      await reply(message, how);
    };

  return async (body, ticket) => {
    const typed = readTyped(body, identity);
    if (typed !== null) {
      const { actor, address, via } = typed;
      if (via === "direct" && "channel" in address.to) sending.directs.set(actor.id, address.to.channel);
      return accept({ ...typed, reply: stored(typedReply(typed, answering), ticket) }, ticket);
    }
    const talk = readTalk(body, identity);
    if (talk !== null) return accept(talk, ticket);
    const happened = readOccurrence(body, identity);
    switch (happened?.type) {
      case undefined:
        return;
      case "place":
        return accept(happened, ticket);
      case "home":
        return accept({ ...happened, show: (home) => publishHome(sending, happened.actor.id, home) }, ticket);
      case "removed":
        return onRemoved(happened.code);
    }
  };
}
