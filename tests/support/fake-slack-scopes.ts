/** What a method asks for; null: nothing. Source: "Required scopes" of docs.slack.dev/reference/methods/<method>. */
export function scopeOf(method: string, channel: string): string | null {
  switch (method) {
    case "chat.postMessage":
    case "chat.postEphemeral":
    case "chat.update":
    case "chat.delete":
      return "chat:write";
    case "conversations.history":
    case "conversations.replies":
      return `${familyOf(channel)}:history`;
    case "conversations.info":
    case "conversations.members":
      return `${familyOf(channel)}:read`;
    case "conversations.list":
    case "users.conversations":
      return "channels:read";
    case "conversations.open":
      return "im:write";
    case "conversations.join":
      return "channels:join";
    case "files.getUploadURLExternal":
    case "files.completeUploadExternal":
      return "files:write";
    case "files.info":
      return "files:read";
    case "users.info":
      return "users:read";
    default:
      return null;
  }
}

/** Public channels begin with C, private ones here with G, direct messages with D. */
function familyOf(channel: string): "channels" | "groups" | "im" {
  if (channel.startsWith("D")) return "im";
  return channel.startsWith("G") ? "groups" : "channels";
}
