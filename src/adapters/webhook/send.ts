import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Refusal } from "../../core/refusal.ts";
import { DeliveryError, type DeliveryCode } from "../../platform/platform.ts";

const TIMEOUT_MS = 10_000;
/** Answers are a word or a small object. */
const MOST_BYTES = 64 * 1024;
const WAIT_MS = 60_000;
/** The request did not leave this machine, or nobody took it. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
]);

/** Posts JSON once. Rejects with DeliveryError, which names neither the address nor the text. */
export async function postJson(url: string, body: string): Promise<{ status: number; text: string }> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body,
      // Elsewhere nobody has been given the message's contents.
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
    const code = cause !== null && "code" in cause ? String(cause.code) : "no answer";
    throw new DeliveryError(NOT_SENT.has(code) ? "unreachable" : "unknown_outcome", code);
  }
  const { status } = response;
  if (status === 429) throw new DeliveryError("rate_limited", "429", retryAfter(response));
  if (status >= 500) throw new DeliveryError("unknown_outcome", `HTTP ${status}`);
  const text = await response.text().catch(() => {
    throw new DeliveryError("unknown_outcome", "the answer was cut off");
  });
  return { status, text: text.slice(0, MOST_BYTES) };
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("retry-after"));
  return seconds > 0 ? seconds * 1_000 : WAIT_MS;
}

/** Incoming webhooks of Slack: "ok", or a word beside 400 to 410. Source: docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export function readSlackAnswer({ status, text }: { status: number; text: string }): void {
  if (status === 200) return;
  // What Slack says of itself is a short word; a page from a proxy is not repeated.
  const word = /^[a-z_]{1,40}$/.test(text.trim()) ? text.trim() : `HTTP ${status}`;
  const refused = (code: DeliveryCode, refusal: Refusal | null): DeliveryError =>
    new DeliveryError(code, word, null, "place", refusal);
  switch (true) {
    case word === "channel_is_archived":
      throw refused("target_gone", "archived");
    case word === "channel_not_found":
      throw refused("target_gone", "not_found");
    case word === "no_service" || status === 404 || status === 410:
      throw refused("target_gone", "gone");
    case status === 401 || status === 403:
      throw refused("forbidden", "not_allowed");
    default:
      throw refused("rejected", null);
  }
}

const feishuAnswer = z.object({ code: z.number().optional(), StatusCode: z.number().optional() });

/** Custom bots of Feishu answer 200 also to what they refuse. Source: open.feishu.cn, 自定义机器人使用指南. */
export function readFeishuAnswer({ status, text }: { status: number; text: string }): void {
  const read = feishuAnswer.safeParse(parsed(text));
  const code = read.success ? (read.data.code ?? read.data.StatusCode ?? null) : null;
  if (code === 0) return;
  switch (code) {
    case null:
      throw new DeliveryError("unknown_outcome", `HTTP ${status} with no code`);
    case 11232:
      throw new DeliveryError("rate_limited", "11232", WAIT_MS);
    case 19001:
      throw new DeliveryError("target_gone", "19001: no such webhook", null, "place", "gone");
    case 19021:
      throw new DeliveryError("forbidden", "19021: the signature or the clock; check the secret after #");
    case 19022:
      throw new DeliveryError("forbidden", "19022: this address is not on the robot's list");
    case 19024:
      throw new DeliveryError(
        "forbidden",
        "19024: the robot asks for a keyword; let it ask for a signature instead",
      );
    default:
      throw new DeliveryError("rejected", String(code));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `timestamp` in seconds. The key is what is signed, and the text is empty: that is how Feishu asks for it. */
export function feishuSignature(timestamp: string, secret: string): string {
  return createHmac("sha256", `${timestamp}\n${secret}`).update("").digest("base64");
}
