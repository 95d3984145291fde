import { createHmac } from "node:crypto";
import { request } from "node:http";
import { parsed, recordOf } from "./fake-slack-answer.ts";
import type { Acknowledgement } from "./fake-slack-socket.ts";
import type { FakeWorkspace } from "./fake-slack-state.ts";

/** How a request is signed; "replayed": the last one once more, byte for byte. */
export type Signing = "signed" | "unsigned" | "forged" | "stale" | "future" | "replayed";

/** What the bot's server said. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

interface Sent {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** docs.slack.dev/authentication/verifying-requests-from-slack: more than five minutes away is not to be believed. */
const TOO_FAR_S = 301;
/** docs.slack.dev/apis/events-api, "Retries": at once, after a minute and after five; the fake does not wait. */
const RETRIES = 3;

/** Signed requests to the bot's own server, as Slack sends them when Socket Mode is off. */
export class SignedRequests {
  readonly #workspace: FakeWorkspace;
  readonly #secret: string;
  #last: Sent | null = null;

  constructor(workspace: FakeWorkspace, secret: string) {
    this.#workspace = workspace;
    this.#secret = secret;
  }

  /**
   * Delivers what a socket would bring, and resolves with the answer to it. An event is sent again while it is not
   * answered with 200; commands and clicks are not.
   */
  async deliver(url: string, type: string, payload: unknown): Promise<Acknowledgement> {
    const isEvent = type === "events_api";
    let status = 0;
    for (let attempt = 0; attempt <= (isEvent ? RETRIES : 0); attempt += 1) {
      const retry = { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": "http_error" };
      const answer = await this.send(url, bodyOf(type, payload), "signed", attempt === 0 ? {} : retry);
      ({ status } = answer);
      if (status === 200)
        return { envelopeId: `h${this.#workspace.count()}`, payload: readAnswer(answer.body) };
    }
    throw new Error(`the bot's server answered ${status}; people see that the app did not respond`);
  }

  /** One request, signed so or so. */
  async send(
    url: string,
    body: { readonly text: string; readonly type: string },
    how: Signing,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<HttpAnswer> {
    if (how === "replayed" && this.#last !== null) return post(url, this.#last);
    const shift = how === "stale" ? -TOO_FAR_S : how === "future" ? TOO_FAR_S : 0;
    const timestamp = String(Math.floor(this.#workspace.now() / 1_000) + shift);
    const secret = how === "forged" ? `${this.#secret}?` : this.#secret;
    const hash = createHmac("sha256", secret).update(`v0:${timestamp}:${body.text}`).digest("hex");
    const signature = { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hash}` };
    const headers = { "content-type": body.type, ...(how === "unsigned" ? {} : signature), ...extra };
    const sent = { body: body.text, headers };
    if (how === "signed") this.#last = sent;
    return post(url, sent);
  }
}

/** Events come as JSON, commands as a form, everything that people click as a form with one field `payload`. */
export function bodyOf(type: string, payload: unknown): { readonly text: string; readonly type: string } {
  if (type === "events_api") return { text: JSON.stringify(payload), type: "application/json" };
  const fields: [string, string][] =
    type === "slash_commands"
      ? Object.entries(recordOf(payload)).map(([name, value]) => [name, String(value)])
      : [["payload", JSON.stringify(payload)]];
  return { text: new URLSearchParams(fields).toString(), type: "application/x-www-form-urlencoded" };
}

/** A bare text is shown as it is: docs.slack.dev/interactivity/implementing-slash-commands. */
function readAnswer(body: string): Readonly<Record<string, unknown>> {
  if (body === "") return {};
  const read = parsed(body);
  return typeof read === "string" ? { text: read } : recordOf(read);
}

function post(url: string, { body, headers }: Sent): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    // Without an agent: no connection is kept that the bot's server would wait for at its end.
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const sending = request(url, { method: "POST", agent: false, headers: { ...headers, ...length } });
    sending.on("error", reject);
    sending.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString("utf8"),
          headers: response.headers,
        }),
      );
    });
    sending.end(body);
  });
}
