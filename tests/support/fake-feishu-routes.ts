import type { FakeChats } from "./fake-feishu-chats.ts";
import type { FakeCommands } from "./fake-feishu-commands.ts";
import type { FakeEndpoint } from "./fake-feishu-faults.ts";
import type { FakeMessages, FakePost } from "./fake-feishu-messages.ts";
import { isRefusal, threadIdOf } from "./fake-feishu-messages.ts";
import type { Rates, Throttled } from "./fake-feishu-rates.ts";
import type { FakeUploads } from "./fake-feishu-uploads.ts";
import type { Refusal } from "./fake-feishu-cards.ts";

export const FAKE_APP_ID = "cli_0123456789abcdef";
export const FAKE_BOT = "ou_fakebot";

/** What the fake keeps. */
export interface FakeState {
  readonly messages: FakeMessages;
  readonly chats: FakeChats;
  readonly uploads: FakeUploads;
  readonly commands: FakeCommands;
  readonly rates: Rates;
  /** Granted to the app. */
  readonly scopes: Set<string>;
  readonly now: () => Date;
}

/** A call that has come through the door. */
export interface Routed {
  readonly endpoint: FakeEndpoint;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly contentType: string;
  readonly raw: Buffer;
}

const MESSAGES = "/open-apis/im/v1/messages";
const ROUTES: readonly (readonly [RegExp, FakeEndpoint])[] = [
  [/^POST \/open-apis\/auth\/v3\/tenant_access_token\/internal$/, "token"],
  [/^POST \/callback\/ws\/endpoint$/, "connect"],
  [/^GET \/open-apis\/bot\/v3\/info\/?$/, "bot"],
  [new RegExp(`^POST ${MESSAGES}$`), "create"],
  [new RegExp(`^POST ${MESSAGES}/[^/]+/reply$`), "reply"],
  [new RegExp(`^PATCH ${MESSAGES}/[^/]+$`), "update"],
  [new RegExp(`^GET ${MESSAGES}/[^/]+$`), "get"],
  [/^POST \/open-apis\/im\/v1\/images$/, "image"],
  [/^POST \/open-apis\/im\/v1\/files$/, "file"],
  [/^GET \/open-apis\/im\/v1\/chats$/, "chats"],
  [/^GET \/open-apis\/im\/v1\/chats\/[^/]+$/, "chat"],
  [/^GET \/open-apis\/application\/v6\/scopes$/, "scopes"],
  [/^(?:GET|POST) \/open-apis\/application\/v7\/app_slash_commands$/, "commands"],
  [/^(?:PATCH|DELETE) \/open-apis\/application\/v7\/app_slash_commands\/[^/]+$/, "commands"],
];

export function endpointOf(method: string, path: string): FakeEndpoint | null {
  return ROUTES.find(([route]) => route.test(`${method} ${path}`))?.[1] ?? null;
}

/** Any one of them is enough: "权限要求" on each call's page. */
function needed({ endpoint, method }: Routed): readonly string[] {
  switch (endpoint) {
    case "create":
    case "reply":
      return ["im:message:send_as_bot", "im:message"];
    case "update":
      return ["im:message:update", "im:message:send_as_bot", "im:message"];
    case "get":
      return ["im:message:readonly", "im:message"];
    case "image":
    case "file":
      return ["im:resource:upload", "im:resource"];
    case "chats":
    case "chat":
      return ["im:chat:readonly", "im:chat:read", "im:chat"];
    case "commands":
      return [`application:app_slash_command:${method === "GET" ? "read" : "write"}`];
    case "token":
    case "connect":
    case "bot":
    case "scopes":
      return [];
    default:
      return endpoint satisfies never;
  }
}

/** Granted from the start: all that Qushi may ask for but reading every message of a group. */
export const FAKE_SCOPES: readonly string[] = [
  "im:message:send_as_bot",
  "im:message:update",
  "im:message:readonly",
  "im:message.p2p_msg:readonly",
  "im:message.group_at_msg:readonly",
  "im:resource",
  "im:chat:readonly",
  "im:chat.members:bot_access",
  "application:app_slash_command:read",
  "application:app_slash_command:write",
];

/** A body, or a refusal: HTTP 400 unless it says else. */
export type Carried = { readonly body: object } | Refusal | Throttled;
const done = (data: object): Carried => ({ body: { code: 0, msg: "success", data } });
const given = (result: object): Carried => (isRefusal(result) ? result : done(result));

/** Carries out a call as Feishu would. */
export function carryOut(call: Routed, state: FakeState): Carried {
  const { messages, chats, uploads, commands, rates, scopes, now } = state;
  const { endpoint, method, path, query, body, contentType, raw } = call;
  const wanted = needed(call);
  if (wanted.length > 0 && !wanted.some((scope) => scopes.has(scope))) {
    const list = wanted.join(", ");
    return { code: 99991672, msg: `Access denied. One of the following scopes is required: [${list}].` };
  }
  const id = decodeURIComponent(path.split("/")[5] ?? "");
  switch (endpoint) {
    case "bot":
      return { body: { code: 0, msg: "ok", bot: BOT } };
    case "create": {
      const to =
        typeof body === "object" && body !== null && "receive_id" in body ? String(body.receive_id) : "";
      const chat = query["receive_id_type"] === "open_id" ? chats.direct(to) : to;
      return (
        rates.check("create", chat) ?? sent(messages.create(query["receive_id_type"] ?? null, body), now())
      );
    }
    case "reply":
      return rates.check("reply", messages.chatOf(id) ?? id) ?? sent(messages.reply(id, body), now());
    case "update": {
      const refusal = rates.check("update", id);
      const result = refusal ?? messages.update(id, body);
      return isRefusal(result) ? result : done({});
    }
    case "get": {
      const post = messages.post(id);
      if (post === undefined)
        return { code: 230110, msg: "Action unavailable as the message has been deleted." };
      return done({ items: [{ ...told(post, post.at), body: { content: JSON.stringify(post.payload) } }] });
    }
    case "image":
      return given(uploads.image(contentType, raw));
    case "file":
      return given(uploads.file(contentType, raw));
    case "chats":
      return given(chats.list(Math.min(100, Number(query["page_size"] ?? 20)), query["page_token"] ?? ""));
    case "chat":
      return given(chats.info(id));
    case "scopes":
      return done({
        scopes: [...scopes].map((name) => ({ scope_name: name, grant_status: 1, scope_type: "tenant" })),
      });
    case "commands":
      return given(commands.handle(method, id, body));
    case "token":
    case "connect":
      throw new Error(`${endpoint} is answered at the door`);
    default:
      return endpoint satisfies never;
  }
}

/** "获取机器人信息": its answer has `bot` where others have `data`. */
const BOT = { activate_status: 2, app_name: "区势", avatar_url: "", ip_white_list: [], open_id: FAKE_BOT };

function sent(result: FakePost | Refusal, at: Date): Carried {
  return isRefusal(result) ? result : done(told(result, at));
}

function told(post: FakePost, at: Date): object {
  return {
    message_id: post.id,
    chat_id: post.chat,
    msg_type: "interactive",
    create_time: String(at.getTime()),
    ...(post.parent === null ? {} : { parent_id: post.parent, root_id: post.thread ?? post.parent }),
    ...(post.thread === null ? {} : { thread_id: threadIdOf(post.thread) }),
    sender: { id: FAKE_APP_ID, id_type: "app_id", sender_type: "app", tenant_key: "fake0tenant" },
  };
}
