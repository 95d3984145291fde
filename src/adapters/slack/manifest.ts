/** The scopes and why each is asked for; nothing that the walks do not need. */
const SCOPES = {
  "app_mentions:read": "the event app_mention: a line typed after @Qushi, in channels and threads",
  "chat:write": "answers to mentions, direct messages, digests, edits of own messages",
  commands: "/qushi",
  "im:history": "the event message.im: a line typed in a direct message",
} as const;

/** The app manifest for Socket Mode, as JSON to paste at api.slack.com/apps (docs.slack.dev/reference/app-manifest). */
export function slackManifest(): string {
  const manifest = {
    _metadata: { major_version: 2 },
    display_information: {
      name: "Qushi",
      description:
        "What the districts said they would do, where it stands, with the source. 各区承诺、现状与出处。",
    },
    features: {
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: "Qushi", always_online: true },
      slash_commands: [
        {
          command: "/qushi",
          description: "Ask about a commitment · 查询承诺事项",
          usage_hint: "[words | show ID | list | due | board | help]",
          should_escape: true,
        },
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { bot_events: ["app_mention", "message.im"] },
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    },
  };
  return JSON.stringify(manifest, null, 2);
}
