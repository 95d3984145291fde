import { describe, expect, test } from "vitest";
import { checkCard } from "../../src/adapters/feishu/check-card.ts";
import { renderFeishu } from "../../src/adapters/feishu/render.ts";
import { lackingScopes as lackingInFeishu } from "../../src/adapters/feishu/doctor-scopes.ts";
import { SCOPES } from "../../src/adapters/feishu/manifest.ts";
import { checkPayload } from "../../src/adapters/slack/check.ts";
import { lackingScopes as lackingInSlack } from "../../src/adapters/slack/doctor-scopes.ts";
import { NEEDED } from "../../src/adapters/slack/manifest.ts";
import { renderSlack } from "../../src/adapters/slack/render.ts";
import type { Lang } from "../../src/core/lang.ts";
import { renderText } from "../../src/message/text.ts";
import type { Condition } from "../../src/views/condition.ts";
import { doctorView } from "../../src/views/doctor.ts";
import { after, MONDAY, subscription } from "../support/store-samples.ts";

/** What an admin is told of a Qushi that is well, of one with everything wrong, and of one that does not run. */
const HOUR = 3_600_000;
const WELL: Condition["running"] = {
  startedAt: after(-24 * HOUR),
  tickedAt: after(-20_000),
  chats: [
    { name: "slack", state: "connected", detail: null, lacks: [] },
    { name: "feishu", state: "connected", detail: null, lacks: [] },
    { name: "webhook", state: "connected", detail: null, lacks: [] },
  ],
};
const console = { domain: "https://open.feishu.cn", appId: "cli_0123456789abcdef" };
const granted = new Set(SCOPES.map(({ name }) => name).filter((name) => !/resource|slash/u.test(name)));
const AILING: Condition["running"] = {
  startedAt: after(-24 * HOUR),
  tickedAt: after(-3 * HOUR),
  chats: [
    {
      name: "slack",
      state: "failed",
      detail: "token_revoked",
      lacks: lackingInSlack(new Set(NEEDED.map(({ name }) => name).filter((name) => name !== "im:history"))),
    },
    {
      name: "feishu",
      state: "reconnecting",
      detail: "attempt 3",
      lacks: lackingInFeishu({ granted, waiting: new Set(["im:resource"]) }, console),
    },
  ],
};
const QUIET = { waiting: 0, sending: 0, unconfirmed: 0, failed: 0 };
const REFUSED = subscription("S-4", { paused: "target_gone: not_found (channel_not_found)", nextAt: null });
const ARCHIVED = subscription("S-5", { kind: "reminders", paused: "gone", nextAt: null });

const CONDITIONS: Readonly<Record<string, Pick<Condition, "running" | "read" | "stored">>> = {
  "doctor-well": {
    running: WELL,
    read: 35,
    stored: {
      store: { engine: "sqlite", bytes: 1_310_720, seq: 35, outbox: QUIET, firstDueAt: null },
      rules: ["S-1", "S-2"].map((id, at) => subscription(id, { nextAt: after((at + 1) * 24 * HOUR) })),
    },
  },
  "doctor-ailing": {
    running: AILING,
    read: 35,
    stored: {
      store: {
        engine: "postgres",
        bytes: 130_000,
        seq: 935,
        outbox: { waiting: 7, sending: 1, unconfirmed: 2, failed: 1 },
        firstDueAt: after(-5 * HOUR),
      },
      rules: [
        subscription("S-1", { nextAt: after(-4 * HOUR) }),
        subscription("S-2", { nextAt: after(HOUR) }),
        subscription("S-3", { paused: "by hand", nextAt: null }),
        REFUSED,
        ARCHIVED,
      ],
    },
  },
  "doctor-not-running": {
    running: null,
    read: 0,
    stored: { away: "the database does not answer", fix: "look whether PostgreSQL runs at db:5432/qushi" },
  },
};

describe.each(["zh", "en"] as const)("in %s", (lang: Lang) => {
  test.each(Object.entries(CONDITIONS))("%s", async (name, given) => {
    const message = doctorView({
      ...given,
      program: "0.1.0",
      dataset: { id: "shenzhen-2026", version: "2026.1", readAt: given.running?.startedAt ?? null },
      now: MONDAY,
      zone: "Asia/Shanghai",
      lang,
    });
    expect(checkPayload(renderSlack(message))).toEqual([]);
    expect(checkCard(renderFeishu(message))).toEqual([]);
    const file = `files/${name}.${lang}`;
    const text = `${message.summary}\n\n${renderText(message, { columns: 80, colour: false })}\n`;
    await expect(text).toMatchFileSnapshot(`${file}.txt`);
    const slack = `${JSON.stringify(renderSlack(message), null, 1)}\n`;
    await expect(slack).toMatchFileSnapshot(`${file}.slack.json`);
    const feishu = `${JSON.stringify(renderFeishu(message), null, 1)}\n`;
    await expect(feishu).toMatchFileSnapshot(`${file}.feishu.json`);
  });
});
