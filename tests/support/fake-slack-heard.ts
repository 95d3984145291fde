import { TEAM, type FakeWorkspace, type SlackMessage } from "./fake-slack-state.ts";

/** docs.slack.dev/reference/events/message.channels and message.groups: told of where the scope was granted and the bot is in. */
export function isRead(channel: string, { scopes, channels }: FakeWorkspace): boolean {
  return channels.get(channel)?.member === true && scopes.has(`${familyOf(channel)}:history`);
}

/** Private channels begin with G here. */
function familyOf(channel: string): "channels" | "groups" {
  return channel.startsWith("G") ? "groups" : "channels";
}

/** What a message event says of its channel. */
export function kindOf(channel: string) {
  return { channel_type: familyOf(channel) === "groups" ? "group" : "channel" } as const;
}

/** What an event says of a message. */
export function eventOf(
  { id, channel, thread, by, text }: SlackMessage,
  workspace: FakeWorkspace,
  team = TEAM,
) {
  return {
    user: by,
    text,
    ts: id,
    channel,
    event_ts: id,
    team,
    ...(team === TEAM ? {} : { user_team: team, source_team: team }),
    client_msg_id: `m${workspace.count()}`,
    ...(thread === null ? {} : { thread_ts: thread }),
  };
}
