import type { Asked } from "../../core/finding.ts";

/** How Slack reaches Qushi: over a socket that Qushi opens, or by requests to a public https address. */
export type SlackMode = { readonly mode: "socket" } | { readonly mode: "http"; readonly url: string };

/** A scope and why it is asked for; `without`: what is missing where it is not granted, null: nothing works. */
export interface SlackScope extends Asked {
  readonly without: Asked["why"] | null;
}

/** The least that the walks need, each used somewhere (docs.slack.dev/reference/scopes). */
export const NEEDED: readonly SlackScope[] = [
  {
    name: "commands",
    why: { zh: "/qushi 和消息快捷方式", en: "/qushi and the message shortcut" },
    without: null,
  },
  {
    name: "chat:write",
    why: {
      zh: "回答、周报、提醒，以及更新自己的消息",
      en: "answers, digests, reminders, edits of own messages",
    },
    without: null,
  },
  {
    name: "app_mentions:read",
    why: {
      zh: "接收频道和话题里 @区势 的话",
      en: "lines typed after @Qushi, in channels and threads",
    },
    without: null,
  },
  {
    name: "im:history",
    why: { zh: "接收私信里发给区势的话", en: "lines typed in direct messages to Qushi" },
    without: null,
  },
  {
    name: "channels:read",
    why: {
      zh: "得知被拉进或移出公开频道，频道归档、改名：问候一次，暂停那里的规则",
      en: "knows when it is taken into or out of a public channel, and when one is archived or renamed: greets once, pauses the rules there",
    },
    without: null,
  },
  {
    name: "groups:read",
    why: { zh: "同上，私有频道", en: "the same for private channels" },
    without: null,
  },
];

/** What may be left out at the installation. */
export const OPTIONAL: readonly SlackScope[] = [
  {
    name: "files:write",
    why: { zh: "把导出的文件发到私信", en: "sends exports as files, by direct message" },
    without: {
      zh: "导出只在一条消息装得下时给出，否则说明怎么取",
      en: "an export comes inside the message where it fits, else with how to get it",
    },
  },
  {
    name: "channels:history",
    why: {
      zh: "公开频道的讨论话题里，数回复、问要不要把链接记作佐证，内容不留；Slack 没有确认的消息，先在频道里找，再决定要不要重发",
      en: "in discussion threads of public channels: counts replies and offers links as evidence, keeping no text; looks for a message that Slack did not confirm before it is sent again",
    },
    without: {
      zh: "讨论话题照常，只是不数回复、不问链接，周报也不提；没有确认的消息留在待发箱，由管理员决定",
      en: "discussion threads work all the same, but no reply is counted and no link offered, and the digest says nothing of them; an unconfirmed message stands in the outbox until an admin decides",
    },
  },
  {
    name: "groups:history",
    why: { zh: "同上，私有频道", en: "the same for private channels" },
    without: {
      zh: "私有频道里不问链接，没有确认的消息留在待发箱；回复要两项都有才数，只数一部分会是错的",
      en: "in private channels no link is offered and an unconfirmed message stands in the outbox; replies are counted only with both, since half a count would be wrong",
    },
  },
];

/**
 * The events, each with the scopes that let it come (docs.slack.dev/reference/events, "Required scopes"): one of them is
 * enough. message.channels and message.groups come only where the optional scope was granted; what is said outside
 * discussions is dropped unread.
 */
export const EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_mention: ["app_mentions:read"],
  "message.im": ["im:history"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  app_home_opened: [],
  member_joined_channel: ["channels:read", "groups:read"],
  member_left_channel: ["channels:read", "groups:read"],
  channel_left: ["channels:read"],
  group_left: ["groups:read"],
  channel_archive: ["channels:read"],
  group_archive: ["groups:read"],
  channel_unarchive: ["channels:read"],
  group_unarchive: ["groups:read"],
  channel_deleted: ["channels:read"],
  group_deleted: ["groups:read"],
  channel_rename: ["channels:read"],
  group_rename: ["groups:read"],
  channel_id_changed: ["channels:read", "groups:read"],
  app_uninstalled: [],
  tokens_revoked: [],
};

const PATH = "/slack/events";

/** The address of our receiver below a base address. */
function receiverAt(url: string): string {
  const base = url.replace(/\/+$/, "");
  return base.endsWith(PATH) ? base : `${base}${PATH}`;
}

const names = (scopes: readonly SlackScope[]): readonly string[] => scopes.map(({ name }) => name);

/**
 * The app's manifest as JSON to paste at api.slack.com/apps (docs.slack.dev/reference/app-manifest). `verbs` are those
 * that the hint beside /qushi names. A scope of `bot_optional` stands in `bot` too: it marks what may be left out there.
 */
export function slackManifest(how: SlackMode, verbs: readonly string[]): string {
  const address = how.mode === "http" ? receiverAt(how.url) : null;
  const at = (field: string) => (address === null ? {} : { [field]: address });
  const manifest = {
    _metadata: { major_version: 2 },
    display_information: {
      name: "Qushi",
      description:
        "What the districts said they would do, where it stands, with the source. 各区承诺、现状与出处。",
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: "Qushi", always_online: true },
      slash_commands: [
        {
          command: "/qushi",
          ...at("url"),
          description: "Ask about a commitment · 查询承诺事项",
          usage_hint: `[words | ID | ${verbs.join(" | ")}]`,
          should_escape: true,
        },
      ],
      shortcuts: [
        {
          type: "message",
          name: "Keep as evidence 存为佐证",
          callback_id: "keep_evidence",
          description: "Keep this message's link as evidence for a commitment · 把消息里的链接存为佐证",
        },
      ],
    },
    oauth_config: {
      scopes: { bot: [...names(NEEDED), ...names(OPTIONAL)], bot_optional: names(OPTIONAL) },
    },
    settings: {
      event_subscriptions: { ...at("request_url"), bot_events: Object.keys(EVENTS) },
      interactivity: { is_enabled: true, ...at("request_url"), ...at("message_menu_options_url") },
      socket_mode_enabled: how.mode === "socket",
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    },
  };
  return JSON.stringify(manifest, null, 2);
}
