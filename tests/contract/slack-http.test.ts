import { createHmac } from "node:crypto";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import type { FakeSlack } from "../support/fake-slack.ts";
import type { Signing } from "../support/fake-slack-signed.ts";
import { bench, echo, echoing, gate, NOW, started } from "../support/fake-slack-bot.ts";

const MENTION = { type: "app_mention", user: USER, channel: CHANNEL, text: "board", ts: "9.1" };

/** Any request at all to where Slack delivers. */
function send(
  url: string,
  {
    method = "POST",
    path = "/slack/events",
    headers = {},
    body = "",
  }: Partial<Record<"method" | "path" | "body", string>> & {
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<{ readonly status: number; readonly text: string; readonly allow: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sending = request(new URL(path, url), { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString("utf8"),
          allow: response.headers.allow,
        }),
      );
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

const FORM = "application/x-www-form-urlencoded";

/** The headers of a request that Slack has signed at the time of the tests' clock. */
function signed(slack: FakeSlack, body: string, type: string): Readonly<Record<string, string>> {
  const { signingSecret } = slack.httpCredentials.receive;
  const timestamp = String(NOW.getTime() / 1_000);
  const hash = createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    "content-type": type,
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${hash}`,
  };
}

describe("by HTTP", () => {
  const http = { http: true };

  test("starting asks who it is and connects nowhere", async () => {
    const { slack, bot } = await started(echoing, http);
    expect(bot.health()).toEqual({ state: "connected", detail: null });
    expect(slack.calls.map(({ method }) => method)).toEqual(["auth.test"]);
    expect(slack.greetings()).toBe(0);
  });

  test("a slash command is answered inside its response, with no other request", async () => {
    const { slack } = await started(echoing, http);
    const answer = await slack.slash("show LT-001 value:>=5 100%+1");
    expect(answer).toMatchObject({ through: "acknowledgement", shown: "ephemeral" });
    expect(answer.text).toContain("you said show LT-001 value:>=5 100%+1");
    expect(slack.calls).toHaveLength(1);
  });

  test("mentions, direct messages and clicks are answered as by Socket Mode", async () => {
    const { slack, inbound } = await started(echoing, http);
    const first = await slack.mention("list");
    expect((await slack.direct("光明 算力")).text).toContain("you said 光明 算力");
    expect(await slack.click(first, "Next")).toMatchObject({ shown: "replaced", id: first.id });
    expect(inbound.map(({ via }) => via)).toEqual(["mention", "direct", "click"]);
  });

  test("a late answer to a slash command goes to the response address", async () => {
    const late = gate();
    const { slack } = await started(
      async (inbound) => {
        await late.passed;
        await echoing(inbound);
      },
      { ...http, timings: { acknowledge: 1 } },
    );
    const acknowledged = slack.nextAcknowledgement();
    const asked = slack.slash("board");
    expect((await acknowledged).payload).toEqual({});
    late.open();
    expect((await asked).through).toBe("response_url");
  });

  test("an event that could not be stored is refused, and taken in when it comes again", async () => {
    const statuses: string[] = [];
    const { slack, inbound, captured } = await started(async (inbound) => {
      statuses.push(inbound.id);
      if (statuses.length < 3) throw new RangeError("the store is busy with xoxb-secret");
      await echoing(inbound);
    }, http);
    expect((await slack.mention("board")).text).toContain("you said board");
    expect(new Set(statuses).size).toBe(1);
    expect(inbound).toHaveLength(3);
    expect(captured.lines.join("\n")).not.toContain("xoxb-secret");
  });

  test.each<[Signing, number]>([
    ["unsigned", 401],
    ["forged", 401],
    ["stale", 401],
    ["future", 401],
    ["signed", 200],
  ])("a request that is %s is answered with %i", async (how, status) => {
    const { slack, inbound } = await started(async () => undefined, http);
    expect((await slack.request(MENTION, how)).status).toBe(status);
    expect(inbound).toHaveLength(status === 200 ? 1 : 0);
  });

  test("a replayed request has the same id, so it changes nothing twice", async () => {
    const { slack, inbound } = await started(async () => undefined, http);
    await slack.request(MENTION, "signed");
    expect((await slack.request(null, "replayed")).status).toBe(200);
    expect(inbound.map(({ id }) => id)).toEqual([inbound[0]?.id, inbound[0]?.id]);
  });

  test("somebody's attempts are told once, with what to check, and never what they sent", async () => {
    const { slack, captured } = await started(async () => undefined, http);
    for (const how of ["forged", "forged", "unsigned", "stale"] as const) {
      await slack.request({ ...MENTION, text: "a very private line" }, how);
    }
    const refused = captured.lines.filter((line) => line.includes("was refused"));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toContain("SLACK_SIGNING_SECRET");
    expect(captured.lines.join("\n")).not.toMatch(/private|v0=/);
    expect(captured.lines.join("\n")).not.toContain(slack.httpCredentials.receive.signingSecret);
  });

  test("Slack's challenge is answered, but only where it is signed", async () => {
    const { slack } = await started(async () => undefined, http);
    const answer = await slack.request(null, "signed");
    expect(JSON.parse(answer.body)).toEqual({ challenge: "a challenge" });
    expect((await slack.request(null, "forged")).status).toBe(401);
  });

  test.each([
    [
      "a form that names its charset",
      "command=%2Fqushi&text=%E5%85%89%E6%98%8E",
      `${FORM}; charset=utf-8`,
      200,
    ],
    ["JSON that names its charset", "{}", "application/json; charset=utf-8", 200],
    ["a kind in capitals", "{}", "Application/JSON", 200],
    ["what is no JSON", "{", "application/json", 400],
    ["JSON that is no object", "[1]", "application/json", 400],
    ["a form whose payload is no JSON", "payload=%7B", FORM, 400],
    ["a kind of payload that nobody knows", '{"type":"of_next_year"}', "application/json", 200],
  ])("%s is read", async (_what, body, type, status) => {
    const { slack, url, inbound } = await started(async () => undefined, http);
    expect((await send(url, { headers: signed(slack, body, type), body })).status).toBe(status);
    expect(inbound).toEqual([]);
  });

  test("that Slack holds events back is told", async () => {
    const { slack, url, captured } = await started(async () => undefined, http);
    const body = JSON.stringify({ type: "app_rate_limited", team_id: "T0QUSHI", minute_rate_limited: 1 });
    const answer = await send(url, { headers: signed(slack, body, "application/json"), body });
    expect(answer.status).toBe(200);
    expect(captured.lines.join("\n")).toContain("events are held back");
  });

  test("before the start and after the stop it is not there yet", async () => {
    const { slack, bot } = await bench(http);
    expect((await slack.request(MENTION, "signed")).status).toBe(503);
    await bot.start(async () => undefined);
    expect((await slack.request(MENTION, "signed")).status).toBe(200);
    await bot.stop();
    expect((await slack.request(MENTION, "signed")).status).toBe(503);
    expect(bot.health().state).toBe("stopped");
  });

  test("stopping answers what is in flight and takes in nothing more", async () => {
    const working = gate();
    const entered = gate();
    const { slack, bot } = await started(async (inbound) => {
      entered.open();
      await working.passed;
      await inbound.reply(echo("done"), { audience: "caller" });
    }, http);
    const asked = slack.slash("board");
    await entered.passed;
    const stopped = bot.stop();
    expect((await slack.request(MENTION, "signed")).status).toBe(503);
    working.open();
    expect((await asked).through).toBe("acknowledgement");
    await stopped;
  });

  test.each([
    ["another path", { path: "/slack/other" }, 404],
    ["a GET", { method: "GET" }, 405],
    ["an unknown kind", { headers: { "content-type": "text/plain" }, body: "x" }, 415],
    ["no kind", { body: "x" }, 415],
    [
      "more than 1 MiB",
      { headers: { "content-type": "application/json" }, body: "x".repeat(1024 * 1024 + 1) },
      413,
    ],
    ["a check of the connection", { headers: { "content-type": FORM }, body: "token=x&ssl_check=1" }, 200],
    [
      "a check with a command in it",
      {
        headers: { "content-type": FORM },
        body: "command=%2Fqushi&ssl_check=1",
      },
      200,
    ],
    [
      "almost a check",
      {
        headers: { "content-type": FORM },
        body: "command=%2Fqushi&ssl_check=11",
      },
      401,
    ],
  ])("%s is answered clearly", async (_what, how, status) => {
    const { url, inbound } = await started(async () => undefined, http);
    const answer = await send(url, how);
    expect(answer.status).toBe(status);
    expect(answer.allow).toBe(status === 405 ? "POST" : undefined);
    expect(inbound).toEqual([]);
  });
});
