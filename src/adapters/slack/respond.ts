import { WebAPIHTTPError } from "@slack/web-api";
import { refusalCode } from "./errors.ts";
import type { SlackPayload } from "./payload.ts";

/** Who sees an answer, and where: docs.slack.dev/interactivity/handling-user-interaction, "Message responses". */
export interface Showing {
  readonly response_type: "ephemeral" | "in_channel";
  readonly replace_original?: boolean;
  readonly thread_ts?: string;
}

/**
 * Sends an answer to a response_url: five times at most, within half an hour. The address is a secret and appears in
 * no error. Rejects with what errors.ts reads.
 */
export async function respond(
  url: string,
  payload: SlackPayload,
  shown: Showing,
  limitMs: number,
): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ ...shown, ...payload }),
    redirect: "error",
    signal: AbortSignal.timeout(limitMs),
  });
  const body = await response.text();
  if (!response.ok) throw new WebAPIHTTPError(response.status, response.statusText, {}, body);
  // Slack has been seen to answer 200 with a refusal inside; "ok" is what it says otherwise.
  const code = body.trim() === "ok" ? null : refusalCode(body);
  if (code !== null) throw new WebAPIHTTPError(400, code, {}, code);
}
