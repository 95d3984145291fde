import { z } from "zod";

const upTo = (max: number) => z.string().min(1).max(max);
const address = (max: number) => upTo(max).regex(/^https:\/\//, "must begin with https://");

/** The limits of docs.slack.dev/reference/app-manifest that our manifest touches; a field that is not here is a slip. */
const schema = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({ name: upTo(35), description: upTo(140) }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: upTo(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: upTo(32).regex(/^\/[a-z-]+$/),
          url: address(3_000).optional(),
          description: upTo(2_000),
          usage_hint: upTo(1_000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
    shortcuts: z
      .array(
        z.strictObject({
          type: z.enum(["message", "global"]),
          name: upTo(24),
          callback_id: upTo(255),
          description: upTo(150),
        }),
      )
      .max(10),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({
      bot: z.array(upTo(50)).max(255),
      bot_optional: z.array(upTo(50)).max(255),
    }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: address(3_500).optional(),
      bot_events: z.array(upTo(50)).max(100),
    }),
    interactivity: z.strictObject({
      is_enabled: z.boolean(),
      request_url: address(3_500).optional(),
      message_menu_options_url: address(3_500).optional(),
    }),
    socket_mode_enabled: z.boolean(),
    org_deploy_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

/** What Slack would refuse about a manifest, each as `where: what`; empty where it is within every limit. */
export function manifestFaults(manifest: unknown): readonly string[] {
  const read = schema.safeParse(manifest);
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}
