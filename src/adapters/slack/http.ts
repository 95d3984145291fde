import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import { z } from "zod";
import { kept } from "../../core/kept.ts";
import type { Log } from "../../log.ts";
import { DeliveryError, type Callback } from "../../platform/platform.ts";
import type { Envelope, OnEnvelope } from "./envelope.ts";
import { signatureFault } from "./signature.ts";

export interface HttpOptions {
  readonly signingSecret: string;
  readonly log: Log;
  readonly now: () => Date;
  /** false: before the start and after the stop. */
  readonly isOpen: () => boolean;
  readonly onEnvelope: OnEnvelope;
}

const PATH = "/slack/events";
/** Slack's own payloads stay far below; a view's state is at most 250 kB (docs.slack.dev/reference/methods/views.open). */
const MOST_BYTES = 1024 * 1024;
/** A refused signature is worth one line in this time, not one for each of somebody's attempts. */
const QUIET_MS = 60_000;

const WHY = {
  no_signature: "it carries no signature of Slack's",
  stale: "its time is more than five minutes ago; check this machine's clock",
  future: "its time is more than five minutes ahead; check this machine's clock",
  forged: "its signature does not fit; check SLACK_SIGNING_SECRET against Basic Information, Signing Secret",
} as const;

const record = z.record(z.string(), z.unknown());
const challenge = z.object({ type: z.literal("url_verification"), challenge: z.string() });

type Kind = "json" | "form";

function kindOf(request: IncomingMessage): Kind | null {
  const type = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded") return "form";
  return type === "application/json" ? "json" : null;
}

/** The raw body; null where it is too long. Rejects when the sender goes away. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MOST_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.on("end", () => resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => {
      if (!request.complete) reject(new DeliveryError("unreachable", "closed_before_end"));
    });
  });
}

/** What a body says, with the JSON that Slack puts into the form field `payload` undone; null where it says nothing. */
function readPayload(kind: Kind, body: Buffer): Readonly<Record<string, unknown>> | null {
  const text = body.toString("utf8");
  const form = kind === "form" ? parse(text) : null;
  const json = form === null ? text : form["payload"];
  if (typeof json !== "string") return form === null ? null : { ...form };
  try {
    return record.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** The bytes of a text, one character each: as text, head and body go out in one write, and none is encoded again. */
function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

const answers = kept<object, string>(1);

/** An answer's JSON; one that is given again is the same object, and was written down before. */
function jsonOf(payload: object): string {
  return answers(payload, "", () => bytesOf(JSON.stringify(payload)));
}

function answer(response: ServerResponse, status: number, bytes = "", type = "text/plain"): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "content-length": bytes.length });
  response.end(bytes, "latin1");
}

/** Refuses without reading what is left of the request, so the connection cannot be used again. */
function dismiss(response: ServerResponse, status: number, text: string): void {
  response.setHeader("connection", "close");
  answer(response, status, text);
}

function header(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The request as an envelope; what it is acknowledged with is the response's body. */
function envelopeOf(body: Envelope["body"], request: IncomingMessage, response: ServerResponse): Envelope {
  const retry = header(request.headers["x-slack-retry-num"]);
  return {
    type: typeof body["type"] === "string" ? body["type"] : "command",
    body,
    retryNum: retry === undefined ? undefined : Number(retry),
    retryReason: header(request.headers["x-slack-retry-reason"]),
    acknowledge: async (payload) => {
      // The answer then has to go another way.
      if (response.destroyed || response.headersSent) throw new DeliveryError("unreachable", "closed");
      if (payload === undefined) answer(response, 200);
      else answer(response, 200, jsonOf(payload), "application/json");
    },
    refuse: () => {
      if (!response.headersSent) answer(response, 500, "not stored, please send it again");
    },
  };
}

/**
 * Slack's requests to our HTTP server: one path for events, commands and interactions. Bolt's own receivers listen by
 * themselves, refuse forms that name a charset, and take times that lie ahead; only its App is used (door.ts).
 */
export function createCallback({ signingSecret, log, now, isOpen, onEnvelope }: HttpOptions): Callback {
  let quietUntil = 0;
  const report = (fault: keyof typeof WHY): void => {
    if (now().getTime() < quietUntil) return;
    quietUntil = now().getTime() + QUIET_MS;
    log.warn("slack: a request was refused", { fault, why: WHY[fault] });
  };

  const take = async (kind: Kind, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (body === null) return dismiss(response, 413, "larger than 1 MiB");
    // Sent without a signature, to see whether we are there; nothing else of it is read.
    if (
      kind === "form" &&
      body.includes("ssl_check=1") &&
      parse(body.toString("utf8"))["ssl_check"] === "1"
    ) {
      return answer(response, 200);
    }
    const timestamp = header(request.headers["x-slack-request-timestamp"]);
    const signature = header(request.headers["x-slack-signature"]);
    const fault = signatureFault(signingSecret, { timestamp, signature }, body, now());
    if (fault !== null) {
      report(fault);
      return answer(response, 401, "not signed by Slack, or not in time");
    }
    const payload = readPayload(kind, body);
    if (payload === null) return answer(response, 400, "not a payload of Slack's");
    const asked = kind === "json" ? challenge.safeParse(payload) : null;
    if (asked?.success === true) {
      return answer(response, 200, jsonOf({ challenge: asked.data.challenge }), "application/json");
    }
    const work = onEnvelope(envelopeOf(payload, request, response));
    if (work === null) return answer(response, 503, "not running");
    return work;
  };

  const handle: Callback["handle"] = async (request, response) => {
    const [path] = (request.url ?? "").split("?", 1);
    if (path !== PATH) return dismiss(response, 404, `only ${PATH} is here`);
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      return dismiss(response, 405, "only POST");
    }
    if (!isOpen()) return dismiss(response, 503, "not running");
    const kind = kindOf(request);
    if (kind === null) return dismiss(response, 415, "only JSON and forms");
    if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES) {
      return dismiss(response, 413, "larger than 1 MiB");
    }
    try {
      await take(kind, request, response);
    } catch (error) {
      // Whoever sent half a request is gone; anything else must not take the server with it.
      log.debug("slack: a request ended early", { error: error instanceof Error ? error.name : "error" });
      if (!response.headersSent && !response.destroyed) answer(response, 500);
    }
  };
  return { path: PATH, handle };
}
