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
  return {
    token: "verification-token",
    team_id: TEAM,
    context_team_id: TEAM,
    context_enterprise_id: null,
    api_app_id: APP,
    event,
    type: "event_callback",
    event_id: id,
    event_time: Math.floor(Number(event["ts"])),
    authorizations: [
      { enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: "4-event-context",
  };
}

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
}): Record<string, unknown> {
  const { message, button } = at;
  const thread = message.thread === null ? {} : { thread_ts: message.thread };
  return {
    type: "block_actions",
    user: { id: at.user, username: "user", name: "user", team_id: TEAM },
    api_app_id: APP,
    token: "verification-token",
    container: {
      type: "message",
      message_ts: message.id,
      channel_id: message.channel,
      is_ephemeral: at.ephemeral,
      ...thread,
    },
    trigger_id: at.trigger,
    team: { id: TEAM, domain: "watchers" },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: message.channel, name: "districts" },
    ...(at.ephemeral ? {} : { message: { type: "message", user: BOT_USER, ts: message.id, ...thread } }),
    state: { values: {} },
    response_url: at.responseUrl,
    actions: [
      {
        action_id: button["action_id"],
        block_id: "b1",
        text: button["text"],
        ...("value" in button ? { value: button["value"] } : {}),
        type: "button",
        action_ts: at.ts,
      },
    ],
  };
}
