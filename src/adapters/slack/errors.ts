import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { z } from "zod";
import type { Refusal } from "../../core/refusal.ts";
import { DeliveryError, type DeliveryCode, type DeliveryScope } from "../../platform/platform.ts";

/** Slack's error codes by what they mean for a delivery: docs.slack.dev/reference/methods/chat.postMessage and chat.update, "Errors". */
const CLASSES: readonly (readonly [DeliveryCode, RegExp])[] = [
  ["rate_limited", /^(ratelimited|rate_limited|message_limit_exceeded)$/],
  ["unreachable", /^(org_login_required|team_added_to_org|external_channel_migrating)$/],
  ["unknown_outcome", /^(fatal_error|internal_error|service_unavailable|request_timeout|update_failed)$/],
  [
    "target_gone",
    /^(channel_not_found|is_archived|is_inactive|team_not_found|user_not_found|user_disabled|message_not_found|thread_not_found|cannot_reply_to_message|cant_update_message|edit_window_closed|restricted_action_thread_locked|expired_url|used_url|no_active_hooks)$/,
  ],
  [
    "forbidden",
    /^(not_in_channel|user_not_in_channel|restricted_action\w*|messages_tab_disabled|invalid_auth|not_authed|account_inactive|token_revoked|token_expired|not_allowed_token_type|missing_scope|no_permission|access_denied|app_access_restricted|ekm_access_denied|accesslimited|team_access_not_granted|enterprise_is_restricted|two_factor_setup_required)$/,
  ],
];

/** What a refusal is about where that is not the channel: the message it refers to, or the installation as a whole. */
const SCOPES: readonly (readonly [DeliveryScope, RegExp])[] = [
  [
    "message",
    /^(message_not_found|thread_not_found|cannot_reply_to_message|cant_update_message|edit_window_closed|restricted_action_thread_locked)$/,
  ],
  [
    "all",
    /^(message_limit_exceeded|org_login_required|team_added_to_org|invalid_auth|not_authed|account_inactive|token_revoked|token_expired|not_allowed_token_type|missing_scope|no_permission|app_access_restricted|ekm_access_denied|accesslimited|team_access_not_granted|enterprise_is_restricted|two_factor_setup_required)$/,
  ],
];

/** What a code says of the place; the others say nothing of it. */
const REFUSED: readonly (readonly [Refusal, RegExp])[] = [
  ["archived", /^is_archived$/],
  ["not_found", /^channel_not_found$/],
  ["not_member", /^(not_in_channel|user_not_in_channel)$/],
  ["not_allowed", /^(restricted_action(?!_thread_locked)\w*|messages_tab_disabled)$/],
  ["person_gone", /^(user_not_found|user_disabled)$/],
];

/** Refused for what was sent, not for where to: a simpler form may pass. */
const PAYLOAD_FAULT =
  /^(invalid_blocks|invalid_blocks_format|msg_blocks_too_long|msg_too_long|no_text|block_mismatch|invalid_attachments|invalid_payload)$/;

/** Raised by connections that were never made, so nothing can have arrived. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_INVALID_URL)$/;

const pointers = z.object({ response_metadata: z.object({ messages: z.array(z.string()) }) });
const needed = z.object({ needed: z.string() });
const coded = z.object({ code: z.string() });
const nested = z.object({ cause: z.unknown().optional(), errors: z.array(z.unknown()).optional() });
const refusal = z.object({ ok: z.literal(false), error: z.string() });

/** Everything an error wraps, itself first: fetch hides the system's code two levels down. */
function chain(error: unknown, depth = 0): readonly unknown[] {
  const inner = nested.safeParse(error);
  if (!inner.success || depth > 5) return [error];
  const below = [...(inner.data.errors ?? []), inner.data.cause].filter((cause) => cause !== undefined);
  return [error, ...below.flatMap((cause) => chain(cause, depth + 1))];
}

/** A short code that is safe to log: never a message, which may carry an address or a header. */
function networkCode(error: unknown): string {
  const codes = chain(error).flatMap((cause) => {
    const read = coded.safeParse(cause);
    return read.success && /^[A-Z][A-Z0-9_]+$/.test(read.data.code) ? [read.data.code] : [];
  });
  return codes[0] ?? (error instanceof Error ? error.name : "error");
}

/** Slack's own code in an answer; null when the body is something else, such as a proxy's page. */
function slackCode(text: string): string | null {
  return /^[a-z][a-z_0-9]{1,63}$/.test(text) ? text : null;
}

function byCode(code: string, more: string): DeliveryError {
  const found = CLASSES.find(([, pattern]) => pattern.test(code));
  const scope = SCOPES.find(([, pattern]) => pattern.test(code))?.[0] ?? "place";
  const refusal = REFUSED.find(([, pattern]) => pattern.test(code))?.[0] ?? null;
  const detail = more === "" ? code : `${code} ${more}`;
  return new DeliveryError(found?.[0] ?? "rejected", detail, null, scope, refusal);
}

/** The code in a refusing body: JSON, JSON already parsed, or the bare code; null when there is none. */
export function refusalCode(body: unknown): string | null {
  const read = refusal.safeParse(typeof body === "string" ? parseBody(body) : body);
  if (read.success) return slackCode(read.data.error);
  return typeof body === "string" ? slackCode(body.trim()) : null;
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function platformError(error: WebAPIPlatformError): DeliveryError {
  const code = slackCode(error.data.error);
  if (code === null) return new DeliveryError("unknown_outcome", "not_an_answer_of_slack");
  const scope = needed.safeParse(error.data);
  if (scope.success) return byCode(code, `needs ${scope.data.needed}`);
  const read = pointers.safeParse(error.data);
  const paths = read.success
    ? read.data.response_metadata.messages.flatMap((text) => /json-pointer:([\w/]+)/.exec(text)?.[1] ?? [])
    : [];
  return byCode(code, paths.slice(0, 3).join(" "));
}

function httpError(error: WebAPIHTTPError): DeliveryError {
  const body: unknown = error.body;
  const code = refusalCode(body);
  if (code !== null && error.statusCode < 500) return byCode(code, "");
  const detail = `http_${error.statusCode}`;
  if (error.statusCode === 429) return new DeliveryError("rate_limited", detail);
  const mayHaveArrived = error.statusCode >= 500 || error.statusCode === 408;
  return new DeliveryError(mayHaveArrived ? "unknown_outcome" : "unreachable", detail);
}

/** Whatever the SDK or fetch threw, as the port's error. Where it is not certain that nothing was sent: unknown_outcome. */
export function slackError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new DeliveryError("rate_limited", "ratelimited", error.retryAfter * 1_000);
  }
  if (error instanceof WebAPIPlatformError) return platformError(error);
  if (error instanceof WebAPIHTTPError) return httpError(error);
  // The SDK throws a bare Error for a 429 without Retry-After.
  if (error instanceof Error && error.message.startsWith("Retry header")) {
    return new DeliveryError("rate_limited", "ratelimited");
  }
  const code = networkCode(error instanceof WebAPIRequestError ? error.original : error);
  if (NEVER_SENT.test(code)) return new DeliveryError("unreachable", code, null, "all");
  return new DeliveryError("unknown_outcome", code);
}

/** true where the same content in plain form may pass. */
export function isPayloadFault(error: DeliveryError): boolean {
  return PAYLOAD_FAULT.test(error.detail.split(" ")[0] ?? "");
}
