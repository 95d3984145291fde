import { expect, test } from "vitest";
import { z } from "zod";
import { slackManifest } from "../../../src/adapters/slack/manifest.ts";

const upTo = (max: number) => z.string().min(1).max(max);

/** The limits of docs.slack.dev/reference/app-manifest that the manifest touches; unknown fields are slips. */
const manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({ name: upTo(35), description: upTo(140) }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(false),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: upTo(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: upTo(32).regex(/^\/[a-z-]+$/),
          description: upTo(2_000),
          usage_hint: upTo(1_000),
          should_escape: z.literal(true),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(upTo(50)).min(1) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(upTo(50)).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    socket_mode_enabled: z.literal(true),
    org_deploy_enabled: z.literal(false),
    token_rotation_enabled: z.literal(false),
  }),
});

/** Which scope lets an event come: docs.slack.dev/reference/events. */
const NEEDS = { app_mention: "app_mentions:read", "message.im": "im:history" };

test("the manifest is within Slack's limits and asks for exactly what its walks need", () => {
  const text = slackManifest();
  const { oauth_config, settings, features } = manifest.parse(JSON.parse(text));
  expect(features.slash_commands.map(({ command }) => command)).toEqual(["/qushi"]);
  expect(settings.event_subscriptions.bot_events).toEqual(Object.keys(NEEDS));
  const needed = ["commands", "chat:write", ...Object.values(NEEDS)];
  expect(oauth_config.scopes.bot.toSorted()).toEqual(needed.toSorted());
});

test("the manifest is printed to be read, and holds no address", () => {
  expect(slackManifest()).toContain('\n  "display_information"');
  expect(slackManifest()).not.toContain("http");
});
