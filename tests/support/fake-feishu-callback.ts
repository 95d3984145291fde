import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import { FAKE_VERIFICATION_TOKEN } from "./fake-feishu-events.ts";
import type { Ack } from "./fake-feishu-socket.ts";

export const FAKE_ENCRYPT_KEY = "fake0encrypt0key00000000";

/** What a request can have wrong; the rest of it is as Feishu sends it. */
export type Wrong =
  /** No signature at all. */
  | "unsigned"
  /** Signed with another encrypt key, or encrypted with one. */
  | "forged"
  | "garbled"
  /** Signed rightly, more than an hour ago or ahead. */
  | "stale"
  | "future"
  /** Signed, and not encrypted. */
  | "plain"
  /** Beyond a megabyte. */
  | "oversized"
  /** Right in all but the verification token inside. */
  | "foreign-token"
  /** Signed and encrypted, and no JSON inside; or no JSON outside. */
  | "not-json"
  | "text"
  /** Signed over what the body means, not over its bytes. */
  | "rewritten";

/** Every way to be wrong, and the status that a receiver owes it. */
export const WRONG_REQUESTS: readonly (readonly [Wrong, number])[] = [
  ["unsigned", 401],
  ["forged", 401],
  ["garbled", 401],
  ["stale", 401],
  ["future", 401],
  ["plain", 401],
  ["foreign-token", 401],
  ["rewritten", 401],
  ["not-json", 400],
  ["text", 400],
  ["oversized", 413],
];

/** An answer to a request. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

interface Target {
  readonly url: string;
  readonly encryptKey: string;
  readonly now: () => Date;
}

/** "Encrypt Key 加密": base64 of iv and AES-256-CBC, its key the SHA-256 of the encrypt key. */
export function encrypt(text: string, key: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", createHash("sha256").update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}

/** Encrypted with another key; once in 256 times the right one opens that too, to what is no text, so not then. */
function garble(text: string, key: string): string {
  for (;;) {
    const garbled = encrypt(text, "another0key");
    const bytes = Buffer.from(garbled, "base64");
    const cipher = createDecipheriv(
      "aes-256-cbc",
      createHash("sha256").update(key).digest(),
      bytes.subarray(0, 16),
    );
    cipher.update(bytes.subarray(16));
    try {
      cipher.final();
    } catch {
      return garbled;
    }
  }
}

/** "签名校验": SHA-256 over timestamp, nonce, encrypt key and the body's bytes. */
function sign(timestamp: string, nonce: string, key: string, body: string): string {
  return createHash("sha256").update(`${timestamp}${nonce}${key}${body}`).digest("hex");
}

/** Sends one request, as it is or with something wrong, and resolves with its answer. */
export async function deliver(body: object, target: Target, wrong: Wrong | null = null): Promise<HttpAnswer> {
  const { url, encryptKey, now } = target;
  const isPlain = encryptKey === "" || wrong === "plain";
  const foreign = JSON.stringify(body).replaceAll(FAKE_VERIFICATION_TOKEN, "somebody0elses0token");
  const inside = wrong === "foreign-token" ? foreign : wrong === "not-json" ? "{" : JSON.stringify(body);
  const encrypted = wrong === "garbled" ? garble(inside, encryptKey) : encrypt(inside, encryptKey);
  const outside = isPlain ? inside : JSON.stringify({ encrypt: encrypted });
  const padded = wrong === "oversized" ? outside.padEnd(1024 * 1024 + 1, " ") : outside;
  const sent = wrong === "text" ? "hello" : wrong === "rewritten" ? padded.replace("{", "{ ") : padded;
  const seconds =
    Math.floor(now().getTime() / 1_000) + (wrong === "stale" ? -3_700 : wrong === "future" ? 3_700 : 0);
  const [timestamp, nonce] = [String(seconds), randomBytes(8).toString("hex")];
  const signature = sign(
    timestamp,
    nonce,
    wrong === "forged" ? "another0key" : encryptKey,
    wrong === "rewritten" ? padded : sent,
  );
  const signed = encryptKey !== "" && wrong !== "unsigned";
  return post(url, sent, {
    "content-type": "application/json; charset=utf-8",
    ...(signed
      ? {
          "x-lark-request-timestamp": timestamp,
          "x-lark-request-nonce": nonce,
          "x-lark-signature": signature,
        }
      : {}),
  });
}

/** "url_verification": what the console sends when the address is saved; it may be unsigned. */
export function challenge(
  word: string,
  target: Target,
  wrong: Wrong | null = "unsigned",
): Promise<HttpAnswer> {
  return deliver(
    { challenge: word, token: FAKE_VERIFICATION_TOKEN, type: "url_verification" },
    target,
    wrong,
  );
}

/** A POST by node's own client, which no proxy meets. An answer before the whole body was taken counts. */
export function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on("error", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What Feishu makes of an answer: an event has arrived where it is 200; a callback's words are JSON. */
export function acknowledged({ status, body }: HttpAnswer): Ack {
  const isJson = body.startsWith("{");
  return { code: status, data: isJson ? parsed(body) : null };
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
