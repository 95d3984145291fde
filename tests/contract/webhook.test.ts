import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { renderWebhook } from "../../src/adapters/feishu/render.ts";
import { renderSlack } from "../../src/adapters/slack/render.ts";
import { createWebhook, type Hook } from "../../src/adapters/webhook/index.ts";
import type { Address } from "../../src/core/place.ts";
import type { Message } from "../../src/message/message.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { startFakeWebhooks, type FakeWebhooks } from "../support/fake-webhooks.ts";

const MESSAGE: Message = {
  summary: "岚汀 · 本周两条",
  title: "岚汀 · 本周",
  blocks: [
    { type: "text", lines: [["两条更新"]] },
    {
      type: "buttons",
      buttons: [
        { label: "出处", url: "https://example.org/a" },
        { label: "更多", run: "board" },
      ],
    },
  ],
};
const to = (name: string): Address => ({
  platform: "webhook",
  workspace: null,
  to: { channel: name },
  thread: null,
});

let fake: FakeWebhooks;
let webhook: Platform;
let now: Date;

beforeEach(async () => {
  now = new Date("2026-06-01T01:07:00Z");
  fake = await startFakeWebhooks("s#cret", () => now);
  const closed = await startFakeWebhooks("", () => now);
  await closed.stop();
  const hooks: Hook[] = [
    { name: "NEWS", kind: "slack", url: `${fake.url}/services/T1/B1/invented`, secret: null },
    { name: "PARK", kind: "feishu", url: `${fake.url}/open-apis/bot/v2/hook/invented`, secret: "s#cret" },
    { name: "WRONG", kind: "feishu", url: `${fake.url}/open-apis/bot/v2/hook/invented`, secret: "other" },
    { name: "NOBODY", kind: "slack", url: `${closed.url}/services/x`, secret: null },
  ];
  webhook = createWebhook({ hooks, render: { slack: renderSlack, feishu: renderWebhook }, now: () => now });
  await webhook.start(() => Promise.reject(new Error("nothing comes in")));
});

afterEach(async () => {
  await webhook.stop();
  await fake.stop();
});

test.each(["NEWS", "PARK"])(
  "%s takes a message: links stay, buttons that nobody answers go",
  async (name) => {
    const { ref } = await webhook.post(to(name), MESSAGE, "k1");
    expect(ref).toEqual({ address: to(name), id: "k1" });
    const [body = ""] = fake.bodies;
    expect(body).toContain("岚汀 · 本周");
    expect(body).toContain("https://example.org/a");
    expect(body).not.toContain("更多");
    expect(body).not.toContain('"board"');
    expect(body).not.toContain('"tag":"button"');
  },
);

test("a signature with another secret is refused with what to check", async () => {
  const refused = webhook.post(to("WRONG"), MESSAGE, "k");
  await expect(refused).rejects.toMatchObject({ code: "forbidden" });
  await expect(refused).rejects.toThrow(/19021.*secret/);
});

test.each(["2026-06-01T01:00:03Z", "2026-06-01T01:30:39Z"])(
  "%s is crowded at Feishu: it waits, Slack does not",
  async (at) => {
    now = new Date(at);
    const wait = 40_000 - now.getUTCSeconds() * 1_000;
    await expect(webhook.post(to("PARK"), MESSAGE, "k")).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterMs: wait,
    });
    expect(fake.bodies).toHaveLength(0);
    now = new Date(now.getTime() + wait);
    await webhook.post(to("PARK"), MESSAGE, "k");
    await webhook.post(to("NEWS"), MESSAGE, "k");
  },
);

describe("what comes back", () => {
  test.each([
    ["NEWS", { status: 400, text: "invalid_blocks" }, "rejected", null, null],
    ["NEWS", { status: 403, text: "action_prohibited" }, "forbidden", null, "not_allowed"],
    ["NEWS", { status: 404, text: "no_service" }, "target_gone", null, "gone"],
    ["NEWS", { status: 410, text: "channel_is_archived" }, "target_gone", null, "archived"],
    ["NEWS", { status: 429, text: "", headers: { "retry-after": "3" } }, "rate_limited", 3_000, null],
    ["NEWS", { status: 503, text: "<html>" }, "unknown_outcome", null, null],
    [
      "NEWS",
      { status: 302, text: "", headers: { location: "http://127.0.0.1:1/" } },
      "unknown_outcome",
      null,
      null,
    ],
    ["PARK", { status: 200, text: '{"code":11232}' }, "rate_limited", 60_000, null],
    ["PARK", { status: 200, text: '{"code":19024}' }, "forbidden", null, null],
    ["PARK", { status: 200, text: '{"code":19001}' }, "target_gone", null, "gone"],
    ["PARK", { status: 200, text: '{"code":9499}' }, "rejected", null, null],
    ["PARK", { status: 200, text: "<html>" }, "unknown_outcome", null, null],
  ] as const)("%s: %o is %s", async (name, answer, code, retryAfterMs, refusal) => {
    fake.answers.push(answer);
    const sent = webhook.post(to(name), MESSAGE, "k");
    await expect(sent).rejects.toMatchObject({ name: "DeliveryError", code, retryAfterMs, refusal });
  });

  test("a cut answer may have arrived; a closed door has not", async () => {
    fake.answers.push("cut");
    await expect(webhook.post(to("NEWS"), MESSAGE, "k")).rejects.toMatchObject({ code: "unknown_outcome" });
    await expect(webhook.post(to("NOBODY"), MESSAGE, "k")).rejects.toMatchObject({ code: "unreachable" });
  });

  test("no error carries the address or the text", async () => {
    fake.answers.push({ status: 400, text: "https://hooks.example.org/services/T1/B1/invented" });
    const error = await webhook.post(to("NEWS"), MESSAGE, "k").catch((reason: unknown) => String(reason));
    expect(error).toBe("DeliveryError: rejected: HTTP 400");
    await expect(webhook.post(to("GONE"), MESSAGE, "k")).rejects.toMatchObject({ code: "target_gone" });
  });
});
