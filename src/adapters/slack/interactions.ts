import { z } from "zod";
import { directTo, type Person } from "../../core/place.ts";
import type { KeepInbound, OptionsInbound, SubmittedInbound } from "../../platform/platform.ts";
import { readButtonValue } from "./buttons.ts";
import { decodeText } from "./decode.ts";
import type { Identity } from "./identity.ts";
import type { Incoming } from "./inbound.ts";
import { firstSent, readContext, readModal, type ModalContext } from "./modal.ts";
import { acting, actorOf, address, digest, instant, placeFor, ts } from "./wire.ts";

/** What is opened from the home tab belongs to no channel. */
export function homeContext({ teamId }: Identity): ModalContext {
  return { team: teamId, channel: "", thread: null, message: null };
}

/** Whether a view was opened from there. */
export function isFromHome({ channel }: ModalContext): boolean {
  return channel === "";
}

/** Where a view belongs: where it was opened, else the person's direct messages. */
function placed(context: ModalContext | null, actor: Person, { teamId }: Identity) {
  if (context === null || isFromHome(context)) {
    const direct = directTo({ ...actor, workspace: teamId });
    return { address: direct, place: direct };
  }
  const { team, channel, thread } = context;
  return { address: address(team, channel, thread), place: placeFor(team, channel, actor) };
}

// docs.slack.dev/reference/interaction-payloads/view-interactions-payload, "view_submission"
const submissionBody = acting.extend({
  type: z.literal("view_submission"),
  // The hash changes whenever the view does.
  view: z.looseObject({ id: z.string(), hash: z.string().optional() }),
});

/**
 * A form that was sent, with its view; null where it is none of ours. The same form with the same values is the same
 * act: somebody who was shown that the connection failed sends it again, though it may have been recorded.
 */
export function readSubmission(body: unknown, identity: Identity, at: Date) {
  const read = submissionBody.safeParse(body);
  const modal = read.success ? readModal(read.data.view) : null;
  if (!read.success || modal === null) return null;
  const { actor, ...whose } = actorOf(read.data, identity);
  const where = placed(modal.context, actor, identity);
  const { message } = modal.context;
  const { id } = read.data.view;
  // A form that a late refusal has shown again has another hash than when it was sent.
  const hash = firstSent(read.data.view) ?? read.data.view.hash;
  const filled = Object.entries(modal.values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const act = digest(JSON.stringify([id, hash, modal.verb, filled]));
  const submitted: Omit<SubmittedInbound, "reply"> = {
    type: "submitted",
    id: `slack:${identity.teamId}:submit:${act}`,
    at,
    actor,
    ...whose,
    ...where,
    verb: modal.verb,
    values: modal.values,
    ref: message === null ? null : { address: where.address, id: message },
  };
  return { submitted, context: modal.context, view: read.data.view };
}

// docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
const suggestionBody = acting.extend({
  type: z.literal("block_suggestion"),
  action_id: z.string(),
  block_id: z.string(),
  value: z.string(),
  view: z.looseObject({ id: z.string() }),
});

/** Somebody types in a field of commitments; asking again is harmless, so its id is not unique for ever. */
export function readSuggestion(
  body: unknown,
  identity: Identity,
  at: Date,
): Omit<OptionsInbound, "offer"> | null {
  const read = suggestionBody.safeParse(body);
  if (!read.success) return null;
  const { view, value } = read.data;
  const { actor, ...whose } = actorOf(read.data, identity);
  return {
    type: "options",
    id: `slack:${identity.teamId}:options:${view.id}:${digest(value)}`,
    at,
    actor,
    ...whose,
    ...placed(readContext(view), actor, identity),
    typed: decodeText(value, null),
  };
}

// docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, "message_action"
const keepBody = acting.extend({
  type: z.literal("message_action"),
  callback_id: z.literal("keep_evidence"),
  trigger_id: z.string(),
  action_ts: ts,
  response_url: z.url(),
  channel: z.object({ id: z.string() }),
  message: z.object({
    ts,
    thread_ts: ts.optional(),
    text: z.string().catch(""),
    user: z.string().optional(),
    bot_id: z.string().optional(),
  }),
});

/** A message picked to be kept as evidence; its thread is the one that it stands in or begins. */
export function readKept(body: unknown, identity: Identity) {
  const read = keepBody.safeParse(body);
  if (!read.success) return null;
  const { channel, message, action_ts: picked } = read.data;
  const { actor, ...whose } = actorOf(read.data, identity);
  const { teamId: workspace } = identity;
  const here = address(workspace, channel.id, message.thread_ts ?? message.ts);
  const kept: Omit<KeepInbound, "reply"> = {
    type: "keep",
    id: `slack:${workspace}:${channel.id}:keep:${picked}:${actor.id}`,
    at: instant(picked),
    actor,
    ...whose,
    address: here,
    place: placeFor(workspace, channel.id, actor),
    author:
      message.user === undefined || message.bot_id !== undefined
        ? null
        : { platform: "slack", workspace, id: message.user },
    text: decodeText(message.text, identity.botUserId),
    ref: { address: here, id: message.ts },
  };
  const { response_url: responseUrl, trigger_id: trigger } = read.data;
  return { kept, responseUrl, trigger, thread: message.thread_ts ?? null };
}

// docs.slack.dev/reference/interaction-payloads/block_actions-payload, container "view"
const viewClickBody = acting.extend({
  type: z.literal("block_actions"),
  container: z.object({ type: z.literal("view") }),
  trigger_id: z.string(),
  view: z.looseObject({ id: z.string(), type: z.enum(["modal", "home"]) }),
  actions: z.array(z.object({ value: z.string().optional(), action_ts: ts })).min(1),
});

/** A click on one of our buttons in a modal, or on the home tab: `modal` is then null. */
export function readViewClick(body: unknown, identity: Identity) {
  const read = viewClickBody.safeParse(body);
  const action = read.data?.actions[0];
  const value = readButtonValue(action?.value ?? "");
  if (!read.success || action === undefined || value === null) return null;
  const { view, trigger_id: trigger } = read.data;
  const { actor, ...whose } = actorOf(read.data, identity);
  const context = (view.type === "home" ? null : readContext(view)) ?? homeContext(identity);
  const incoming: Incoming = {
    type: "command",
    id: `slack:${identity.teamId}:${view.id}:click:${action.action_ts}:${actor.id}`,
    at: instant(action.action_ts),
    actor,
    ...whose,
    ...placed(context, actor, identity),
    via: "click",
    line: value.run,
    ref: null,
  };
  return { incoming, trigger, context, modal: view.type === "modal" ? view.id : null };
}
