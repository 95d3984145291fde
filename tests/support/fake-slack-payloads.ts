import { APP, BOT_USER, TEAM } from "./fake-slack-state.ts";

// Shapes as Slack sends them; a recorded example of each lies in tests/fixtures/slack.

export function slashPayload(at: {
  readonly text: string;
  readonly user: string;
  readonly channel: string;
  readonly trigger: string;
  readonly responseUrl: string;
}): Record<string, unknown> {
  return {
    token: "verification-token",
    team_id: TEAM,
    team_domain: "watchers",
    channel_id: at.channel,
    channel_name: "districts",
    user_id: at.user,
    user_name: "user",
    command: "/qushi",
    text: at.text,
    api_app_id: APP,
    is_enterprise_install: "false",
    response_url: at.responseUrl,
    trigger_id: at.trigger,
  };
}

export function eventPayload(event: Readonly<Record<string, unknown>>, id: string): Record<string, unknown> {
  const theirs = event["user_team"] ?? TEAM;
  return {
    token: "verification-token",
    team_id: theirs,
    context_team_id: TEAM,
    context_enterprise_id: null,
    api_app_id: APP,
    event,
    type: "event_callback",
    event_id: id,
    event_time: Math.floor(Number(event["event_ts"] ?? event["ts"])),
    authorizations: [
      { enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: theirs !== TEAM,
    event_context: "4-event-context",
  };
}

/** Who did something interactive, and where the app lives. */
function person(user: string, team = TEAM) {
  return {
    user: { id: user, username: "user", name: "user", team_id: team },
    api_app_id: APP,
    token: "verification-token",
    team: { id: team, domain: "watchers" },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function action(button: Readonly<Record<string, unknown>>, ts: string) {
  return {
    action_id: button["action_id"],
    block_id: "b1",
    text: button["text"],
    ...("value" in button ? { value: button["value"] } : {}),
    type: "button",
    action_ts: ts,
  };
}

/** docs.slack.dev/reference/interaction-payloads/block_actions-payload, of a button on a message. */
export function clickPayload(at: {
  readonly message: {
    readonly id: string;
    readonly channel: string;
    readonly thread: string | null;
    readonly payload: unknown;
  };
  readonly ephemeral: boolean;
  readonly button: Readonly<Record<string, unknown>>;
  readonly user: string;
  readonly ts: string;
  readonly trigger: string;
  readonly responseUrl: string;
  readonly team?: string;
}): Record<string, unknown> {
  const { message, button } = at;
  const thread = message.thread === null ? {} : { thread_ts: message.thread };
  return {
    type: "block_actions",
    ...person(at.user, at.team),
    container: {
      type: "message",
      message_ts: message.id,
      channel_id: message.channel,
      is_ephemeral: at.ephemeral,
      ...thread,
    },
    trigger_id: at.trigger,
    channel: { id: message.channel, name: "districts" },
    ...(at.ephemeral ? {} : { message: { type: "message", user: BOT_USER, ts: message.id, ...thread } }),
    state: { values: {} },
    response_url: at.responseUrl,
    actions: [action(button, at.ts)],
  };
}

/** The same of a button in a modal or on the home tab: without channel, message and response_url. */
export function viewClickPayload(at: {
  readonly view: Readonly<Record<string, unknown>>;
  readonly button: Readonly<Record<string, unknown>>;
  readonly user: string;
  readonly ts: string;
  readonly trigger: string;
}): Record<string, unknown> {
  const { view, button } = at;
  return {
    type: "block_actions",
    ...person(at.user),
    container: { type: "view", view_id: view["id"] },
    trigger_id: at.trigger,
    view,
    actions: [action(button, at.ts)],
  };
}

/** docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
export function submissionPayload(user: string, view: Readonly<Record<string, unknown>>, trigger: string) {
  return { type: "view_submission", ...person(user), trigger_id: trigger, view, response_urls: [] };
}

/** docs.slack.dev/reference/interaction-payloads/block_suggestion-payload. */
export function suggestionPayload(
  user: string,
  view: Readonly<Record<string, unknown>>,
  at: { readonly block: string; readonly action: string; readonly typed: string },
) {
  const container = { type: "view", view_id: view["id"] };
  const where = { action_id: at.action, block_id: at.block, value: at.typed };
  return { type: "block_suggestion", ...person(user), container, ...where, view };
}

/** docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, of a message. */
export function shortcutPayload(at: {
  readonly message: { readonly id: string; readonly channel: string; readonly thread: string | null };
  readonly text: string;
  readonly author: string;
  readonly user: string;
  readonly ts: string;
  readonly trigger: string;
  readonly responseUrl: string;
}): Record<string, unknown> {
  const { message } = at;
  return {
    type: "message_action",
    ...person(at.user),
    callback_id: "keep_evidence",
    action_ts: at.ts,
    trigger_id: at.trigger,
    response_url: at.responseUrl,
    channel: { id: message.channel, name: "districts" },
    message_ts: message.id,
    message: {
      type: "message",
      user: at.author,
      ts: message.id,
      text: at.text,
      team: TEAM,
      ...(message.thread === null ? {} : { thread_ts: message.thread }),
    },
  };
}
