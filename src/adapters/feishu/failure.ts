import { z } from "zod";
import type { Refusal } from "../../core/refusal.ts";
import { DeliveryError, type DeliveryScope } from "../../platform/platform.ts";

/** The calls this adapter makes; some of Feishu's codes mean different things in different ones. */
export type Endpoint = "token" | "bot" | "scopes" | "chat" | "upload" | "create" | "reply" | "update";
/** Calls that put nothing into a chat: whatever became of one, nobody has seen anything. */
const UNSEEN: ReadonlySet<Endpoint> = new Set(["token", "bot", "scopes", "chat", "upload"]);

/** Why a call did not succeed, from either of the SDK's two error paths. */
export type Failure =
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly code: number;
      readonly msg: string;
      readonly logId: string | null;
      readonly resetSeconds: number | null;
    }
  | { readonly kind: "http"; readonly status: number; readonly resetSeconds: number | null }
  | { readonly kind: "network"; readonly code: string }
  | { readonly kind: "unreadable" };

const answer = z.object({
  code: z.number(),
  msg: z.string().optional(),
  error: z.object({ log_id: z.string().optional() }).optional(),
});
const thrown = z.object({
  code: z.string().optional(),
  response: z
    .object({
      status: z.number(),
      data: z.unknown(),
      headers: z
        .object({ "x-ogw-ratelimit-reset": z.coerce.number().positive().optional().catch(undefined) })
        .optional(),
    })
    .optional(),
});

/** The refusal in an answer's body, or null when the body says success. */
export function refusalIn(body: unknown, status: number, resetSeconds: number | null = null): Failure | null {
  const parsed = answer.safeParse(body);
  if (!parsed.success) return { kind: "unreadable" };
  const { code, msg, error } = parsed.data;
  if (code === 0) return null;
  return { kind: "refused", status, code, msg: msg ?? "", logId: error?.log_id ?? null, resetSeconds };
}

/** Reads what the SDK threw (an AxiosError) without keeping anything of the request. */
export function failureIn(error: unknown): Failure {
  const parsed = thrown.safeParse(error);
  if (!parsed.success) return { kind: "network", code: "unknown" };
  const { code, response } = parsed.data;
  if (response === undefined) return { kind: "network", code: code ?? "unknown" };
  const reset = response.headers?.["x-ogw-ratelimit-reset"] ?? null;
  const refusal = refusalIn(response.data, response.status, reset);
  if (refusal?.kind === "refused") return refusal;
  return { kind: "http", status: response.status, resetSeconds: reset };
}

/** The card itself was refused: a plain form may still pass. ("发送消息", "回复消息", "更新消息" error tables.) */
export const CARD_REFUSED: ReadonlySet<number> = new Set([230001, 230025, 230099, 300305, 200860]);
/** The tenant token is not (or no longer) good: fetch a new one and try again once. */
export const TOKEN_REFUSED: ReadonlySet<number> = new Set([99991661, 99991663, 99991665, 99991668]);
/** `reply`: this group, or this kind of message, can have no topic; a plain reply can still be sent. */
export const NO_THREADS: ReadonlySet<number> = new Set([230071, 230072]);
/** Words or personal data that Feishu's content check does not let through. */
export const CENSORED: ReadonlySet<number> = new Set([230022, 230028]);
/** The app lacks a scope, or its version with the scope is not published. */
export const NO_SCOPE: ReadonlySet<number> = new Set([99991672, 99991676, 99991679]);

const RATE_LIMITED: ReadonlySet<number> = new Set([99991400, 230020, 11232, 11233, 11247]);
const UNKNOWN: ReadonlySet<number> = new Set([
  230049, 18121, 1500, 1503, 1642, 1663, 10101, 10500, 300000, 232096,
]);
const TARGET_GONE: ReadonlySet<number> = new Set([
  230002, 232009, 230013, 230029, 230034, 230053, 230038, 230006, 230011, 230110, 231003, 230111, 230050,
  230019, 230031,
]);
const CONTENT: ReadonlySet<number> = new Set([...CARD_REFUSED, ...CENSORED, 230017, 230055]);
const FORBIDDEN: ReadonlySet<number> = new Set([
  230018,
  230035,
  230036,
  230071,
  230073,
  230075,
  230027,
  ...NO_SCOPE,
  99991662,
  99991673,
  99991543,
  99991401,
  99991403,
  99992361,
  10003,
  10014,
  ...TOKEN_REFUSED,
]);
/** About the message edited or answered, not about its chat: recalled, deleted, out of sight, too old to edit. */
const MESSAGE_GONE: ReadonlySet<number> = new Set([
  230011, 230110, 231003, 230111, 230050, 230019, 230031, 230072,
]);
/** To an edit: not its sender, of a kind that cannot be edited, in a secret group, past the admin's window. Elsewhere: the chat. */
const EDIT_REFUSED: ReadonlySet<number> = new Set([230071, 230054, 230073, 230075]);
/** About the app as a whole: its limits over all chats, its quota, its credentials and scopes. */
const WHOLE_APP: ReadonlySet<number> = new Set([
  99991400,
  11232,
  11247,
  ...NO_SCOPE,
  99991662,
  99991673,
  99991543,
  99991401,
  99991403,
  230006,
  10003,
  10014,
  ...TOKEN_REFUSED,
]);
/** Connections that were never made: certainly not sent. Everything else on the wire may have arrived. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ERR_TLS_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/;

/** One line for logs and receipts: the platform's own code and words, never anything of the request. */
export function describe(endpoint: Endpoint, failure: Failure): string {
  switch (failure.kind) {
    case "network":
      return `${endpoint}: ${failure.code}`;
    case "unreadable":
      return `${endpoint}: unreadable answer`;
    case "http":
      return `${endpoint}: HTTP ${failure.status}`;
    case "refused": {
      // A refused card's message can quote the card: only its inner code is kept.
      const inner = /ErrCode: ?(\d+)/.exec(failure.msg)?.[1];
      const words = CONTENT.has(failure.code)
        ? inner === undefined
          ? ""
          : ` ErrCode ${inner}`
        : ` ${failure.msg.slice(0, 160)}`;
      return `${endpoint}: ${failure.code}${words}${failure.logId === null ? "" : ` (log_id ${failure.logId})`}`;
    }
  }
}

function codeOf(endpoint: Endpoint, failure: Failure): DeliveryError["code"] {
  const open = UNSEEN.has(endpoint) ? "unreachable" : "unknown_outcome";
  switch (failure.kind) {
    case "network":
      return NEVER_SENT.test(failure.code) ? "unreachable" : open;
    case "unreadable":
      return open;
    case "http":
      if (failure.status === 429) return "rate_limited";
      if (failure.status >= 500) return open;
      return failure.status === 401 || failure.status === 403 ? "forbidden" : "rejected";
    case "refused":
      if (RATE_LIMITED.has(failure.code) || failure.status === 429) return "rate_limited";
      if (UNKNOWN.has(failure.code)) return open;
      if (TARGET_GONE.has(failure.code)) return "target_gone";
      // 230054: to `create` the group refuses the type, to `reply` and `update` the type itself is wrong.
      if (failure.code === 230054) return endpoint === "create" ? "forbidden" : "rejected";
      // 230072: to `reply` the message can have no topic, to an edit its number of edits is used up.
      if (failure.code === 230072) return endpoint === "reply" ? "forbidden" : "rejected";
      if (FORBIDDEN.has(failure.code)) return "forbidden";
      if (CONTENT.has(failure.code)) return "rejected";
      return failure.status >= 500 ? open : "rejected";
  }
}

function scopeOf(endpoint: Endpoint, failure: Failure): DeliveryScope {
  if (endpoint === "token" || endpoint === "bot") return "all";
  if (failure.kind === "http") return [401, 403, 429].includes(failure.status) ? "all" : "place";
  if (failure.kind === "network") return NEVER_SENT.test(failure.code) ? "all" : "place";
  if (failure.kind !== "refused") return "place";
  if (MESSAGE_GONE.has(failure.code)) return endpoint === "create" ? "place" : "message";
  // To `create` and `reply` 230075 says that the whole chat is encrypted.
  if (EDIT_REFUSED.has(failure.code) && endpoint === "update") return "message";
  return WHOLE_APP.has(failure.code) ? "all" : "place";
}

/** What a code of `create` and `reply` says of the chat ("发送消息", its error table); the others say nothing of it. */
const REFUSED: ReadonlyMap<number, Refusal> = new Map([
  [230002, "not_member"],
  [232009, "gone"],
  [230034, "not_found"],
  [230013, "not_allowed"],
  [230018, "not_allowed"],
  [230035, "not_allowed"],
  [230038, "not_allowed"],
  [230029, "person_gone"],
  [230053, "person_gone"],
]);

/** The one place where Feishu's failures become Qushi's. */
export function feishuError(endpoint: Endpoint, failure: Failure): DeliveryError {
  const reset = failure.kind === "refused" || failure.kind === "http" ? failure.resetSeconds : null;
  const code = codeOf(endpoint, failure);
  const retryAfterMs = code === "rate_limited" && reset !== null ? Math.ceil(reset * 1000) : null;
  return new DeliveryError(
    code,
    `feishu ${describe(endpoint, failure)}`,
    retryAfterMs,
    scopeOf(endpoint, failure),
    failure.kind === "refused" ? (REFUSED.get(failure.code) ?? null) : null,
  );
}

/** Whether the failure says that the app id and secret are not those of an app. ("获取 tenant_access_token", code 10003, 10014.) */
export function wrongCredentials(failure: Failure): boolean {
  return failure.kind === "refused" && [10003, 10014, 99991543].includes(failure.code);
}
