import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { manifestFaults } from "../../../src/adapters/slack/manifest-check.ts";
import {
  EVENTS,
  NEEDED,
  OPTIONAL,
  slackManifest,
  type SlackMode,
} from "../../../src/adapters/slack/manifest.ts";

const VERBS = ["show", "list", "help"];
const MODES: readonly SlackMode[] = [{ mode: "socket" }, { mode: "http", url: "https://qushi.example.com" }];
const printed = (how: SlackMode): unknown => JSON.parse(slackManifest(how, VERBS));

test.each(MODES)("the manifest for $mode is within Slack's limits", (how) => {
  expect(manifestFaults(printed(how))).toEqual([]);
});

/** slackapi/manifest-schema, 2.0.0; it does not come with Qushi. */
const OFFICIAL = new URL("../../../../shared/schemas/slack-manifest.2.0.0.json", import.meta.url);

test.skipIf(!existsSync(OFFICIAL)).each(MODES)("Slack's own schema takes the manifest for $mode", (how) => {
  const official = z.looseObject({ type: z.literal("object") });
  const schema = z.fromJSONSchema(official.parse(JSON.parse(readFileSync(OFFICIAL, "utf8"))));
  expect(schema.safeParse(printed(how)).error?.issues ?? []).toEqual([]);
  // The schema does look: a field that is not Slack's is refused.
  expect(schema.safeParse({ ...Object(printed(how)), features: { nonsense: 1 } }).success).toBe(false);
});

const parts = z.object({
  features: z.object({
    app_home: z.record(z.string(), z.boolean()),
    slash_commands: z.array(z.object({ url: z.string().optional(), usage_hint: z.string() })),
    shortcuts: z.array(z.object({ type: z.string(), callback_id: z.string() })),
  }),
  oauth_config: z.object({
    scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
  }),
  settings: z.object({
    socket_mode_enabled: z.boolean(),
    event_subscriptions: z.object({ request_url: z.string().optional(), bot_events: z.array(z.string()) }),
    interactivity: z.record(z.string(), z.unknown()),
  }),
});

test("every event has a scope that lets it come, and no scope is asked for without a reason", () => {
  const { oauth_config, settings } = parts.parse(printed({ mode: "socket" }));
  const { bot, bot_optional } = oauth_config.scopes;
  for (const event of settings.event_subscriptions.bot_events) {
    const one = EVENTS[event] ?? [];
    expect(one.length === 0 || one.some((scope) => bot.includes(scope)), event).toBe(true);
    // What may be left out is needed by no event but people's talk, which may stay away.
    const comes = one.length === 0 || one.some((scope) => !bot_optional.includes(scope));
    expect(comes, event).toBe(!["message.channels", "message.groups"].includes(event));
  }
  const all = [...NEEDED, ...OPTIONAL];
  expect(bot).toEqual(all.map(({ name }) => name));
  expect(bot_optional.every((scope) => bot.includes(scope))).toBe(true);
  for (const { why } of all) expect(Boolean(why.zh) && Boolean(why.en)).toBe(true);
});

test("home, direct messages and the shortcut are switched on, and the hint names the verbs", () => {
  const { features } = parts.parse(printed({ mode: "socket" }));
  expect(features.app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
  expect(features.shortcuts).toEqual([{ type: "message", callback_id: "keep_evidence" }]);
  expect(features.slash_commands[0]?.usage_hint).toBe("[words | ID | show | list | help]");
});

test("over a socket it holds no address, over HTTP the one receiver everywhere", () => {
  expect(slackManifest({ mode: "socket" }, VERBS)).not.toContain("http");
  const receiver = "https://qushi.example.com/base/slack/events";
  for (const url of ["https://qushi.example.com/base", "https://qushi.example.com/base/", receiver]) {
    const { features, settings } = parts.parse(printed({ mode: "http", url }));
    expect(settings.socket_mode_enabled).toBe(false);
    expect(features.slash_commands[0]?.url).toBe(receiver);
    expect(settings.event_subscriptions.request_url).toBe(receiver);
    expect(settings.interactivity).toEqual({
      is_enabled: true,
      request_url: receiver,
      message_menu_options_url: receiver,
    });
  }
});

test("the check names what Slack would refuse", () => {
  const broken = slackManifest({ mode: "http", url: "http://qushi.example.com" }, ["x".repeat(1_000)]);
  expect(manifestFaults(JSON.parse(broken))).toEqual([
    expect.stringMatching(/^features\.slash_commands\.0\.url: must begin with https/),
    expect.stringMatching(/^features\.slash_commands\.0\.usage_hint: /),
    expect.stringMatching(/^settings\.event_subscriptions\.request_url: /),
    expect.stringMatching(/^settings\.interactivity\.request_url: /),
    expect.stringMatching(/^settings\.interactivity\.message_menu_options_url: /),
  ]);
  expect(manifestFaults({ ...Object(JSON.parse(broken)), more: 1 }).join()).toContain("more");
});
