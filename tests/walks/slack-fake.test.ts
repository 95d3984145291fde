import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LogLevel, WebClient, type Logger } from "@slack/web-api";
import { expect, onTestFinished, test } from "vitest";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { startFakeSlack, type FakeSlack } from "../support/fake-slack.ts";

// What the walks rely on the fake to refuse, asked by the official client.

/** The fake, a client of it, and a bot's server that answers everything with nothing and keeps what came. */
async function asked(): Promise<{
  readonly slack: FakeSlack;
  readonly call: (method: string, params?: Record<string, unknown>) => Promise<Record<string, unknown>>;
  readonly came: URLSearchParams[];
}> {
  const slack = await startFakeSlack();
  const came: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    request.setEncoding("utf8");
    let body = "";
    request.on("data", (text: string) => (body += text));
    request.on("end", () => {
      came.push(new URLSearchParams(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    await slack.close();
  });
  slack.deliverTo(`http://127.0.0.1:${portOf(server.address())}/`);
  const { botToken, apiUrl } = slack.credentials;
  const options = {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: QUIET,
  };
  const client = new WebClient(botToken, options);
  const call = (method: string, params: Record<string, unknown> = {}) =>
    client.apiCall(method, params).then(
      (answer) => ({ ...answer }),
      (error: unknown) => refusalOf(error),
    );
  return { slack, call, came };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** What the client threw: Slack's answer where it has one. */
function refusalOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) throw error;
  if ("data" in error && typeof error.data === "object") return { ...error.data };
  return "retryAfter" in error ? { retryAfter: error.retryAfter } : { error: error.message };
}

const quiet = (): void => undefined;
/** The client would print each refusal. */
const QUIET: Logger = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  getLevel: () => LogLevel.ERROR,
  setName: quiet,
};

const text = (words: string) => ({ type: "plain_text", text: words, emoji: false });
const section = { type: "section", text: text("words") };
const modal = (more: Record<string, unknown> = {}) => ({
  type: "modal",
  title: text("Form"),
  blocks: [section],
  ...more,
});
const field = (name: string) => ({
  type: "input",
  block_id: `field:${name}`,
  label: text(name),
  element: { type: "plain_text_input", action_id: "value" },
});

test("a trigger opens one modal within three seconds", async () => {
  const { slack, call, came } = await asked();
  const trigger = async (): Promise<string> => {
    const waiting = slack.slash("reading");
    waiting.catch(() => undefined);
    await slack.nextAcknowledgement();
    return came.at(-1)?.get("trigger_id") ?? "";
  };
  const first = await trigger();
  expect(await call("views.open", { trigger_id: first, view: modal() })).toMatchObject({ ok: true });
  expect((await call("views.open", { trigger_id: first, view: modal() }))["error"]).toBe(
    "exchanged_trigger_id",
  );
  const second = await trigger();
  slack.advance(3_000);
  expect((await call("views.open", { trigger_id: second, view: modal() }))["error"]).toBe(
    "expired_trigger_id",
  );
  expect((await call("views.open", { trigger_id: "made up", view: modal() }))["error"]).toBe(
    "invalid_trigger_id",
  );
});

test.each([
  ["a long title", { title: text("x".repeat(25)) }, "/view/title/text"],
  ["an input without a submit", { blocks: [field("a")] }, "/view"],
  ["the same block_id twice", { submit: text("Go"), blocks: [field("a"), field("a")] }, "/view/blocks"],
  ["a table", { blocks: [{ type: "table", rows: [] }] }, "/view/blocks/0"],
  ["no blocks", { blocks: [] }, "/view/blocks"],
  ["too many blocks", { blocks: Array.from({ length: 101 }, () => section) }, "/view/blocks"],
  ["what goes along, too long", { private_metadata: "x".repeat(3_001) }, "/view/private_metadata"],
])("a modal with %s is refused with a pointer", async (_what, more, pointer) => {
  const { call } = await asked();
  const refused = await call("views.publish", { user_id: USER, view: modal(more) });
  expect(refused).toMatchObject({ ok: false, error: "invalid_arguments" });
  expect(JSON.stringify(refused["response_metadata"])).toContain(`[json-pointer:${pointer}`);
});

test("scopes, membership and archives are minded", async () => {
  const { slack, call } = await asked();
  const read = { channel: CHANNEL, include_all_metadata: true };
  const refused = await call("conversations.history", read);
  expect(refused).toMatchObject({ error: "missing_scope", needed: "channels:history" });
  expect(refused["provided"]).toContain("chat:write");
  slack.addChannel({ id: "C0ELSE", member: false, archived: false });
  slack.addChannel({ id: "C0OLD", member: true, archived: true });
  const post = (channel: string) => call("chat.postMessage", { channel, text: "words" });
  expect((await post("C0ELSE"))["error"]).toBe("not_in_channel");
  expect((await post("C0NONE"))["error"]).toBe("channel_not_found");
  expect((await post("C0OLD"))["error"]).toBe("is_archived");
  expect((await call("files.getUploadURLExternal", { filename: "a.csv", length: 1 }))["needed"]).toBe(
    "files:write",
  );
});

test("metadata is told only to those who ask for it", async () => {
  const { slack, call } = await asked();
  slack.scopes.add("channels:history");
  const metadata = { event_type: "qushi_delivery", event_payload: { key: "d:1" } };
  await call("chat.postMessage", { channel: CHANNEL, text: "words", metadata });
  const told = async (include: boolean): Promise<string> =>
    JSON.stringify(await call("conversations.history", { channel: CHANNEL, include_all_metadata: include }));
  expect(await told(true)).toContain("d:1");
  expect(await told(false)).not.toContain("d:1");
});

test("a channel takes one message a second, by the clock of the fake", async () => {
  const { slack, call } = await asked();
  slack.limits(true);
  const post = () => call("chat.postMessage", { channel: CHANNEL, text: "words" });
  expect(await post()).toMatchObject({ ok: true });
  expect(await post()).toMatchObject({ retryAfter: 1 });
  slack.advance(1_000);
  expect(await post()).toMatchObject({ ok: true });
});

test("an event that is not answered with 200 comes again, at most three times; a command does not", async () => {
  const { slack, came } = await asked();
  let attempts = 0;
  const refusing = createServer((_request, response) => {
    attempts += 1;
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void refusing.close());
  slack.deliverTo(`http://127.0.0.1:${portOf(refusing.address())}/`);
  await expect(slack.archive(CHANNEL)).rejects.toThrow("answered 500");
  expect(attempts).toBe(4);
  await expect(slack.slash("board")).rejects.toThrow("answered 500");
  expect(attempts).toBe(5);
  expect(came).toEqual([]);
});
