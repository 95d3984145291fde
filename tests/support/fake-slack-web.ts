import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { refusePayload } from "./fake-slack-rules.ts";
import {
  BOT,
  BOT_USER,
  directChannel,
  TEAM,
  type FakeWorkspace,
  type SlackCall,
  type SlackFault,
  type SlackMessage,
} from "./fake-slack-state.ts";
import { visibleText } from "./fake-slack-text.ts";

export interface Tokens {
  readonly bot: string;
  readonly app: string;
}

export interface WebOptions {
  readonly workspace: FakeWorkspace;
  readonly tokens: Tokens;
  /** The WebSocket address for the next connection. */
  readonly socketUrl: () => string;
  /** A call of a response_url: what to answer it with. */
  readonly onResponse: (id: string, body: unknown) => { readonly status: number; readonly body: string };
}

type Answer = Readonly<Record<string, unknown>>;

const refuse = (error: string, messages: readonly string[] = []): Answer => ({
  ok: false,
  error,
  ...(messages.length === 0 ? {} : { response_metadata: { messages } }),
});

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function word(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function parsed(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const metadata = z.object({ event_payload: z.object({ key: z.string() }) });

/** The messages' methods: docs.slack.dev/reference/methods/chat.postMessage and chat.update. */
class Chat {
  readonly #workspace: FakeWorkspace;
  constructor(workspace: FakeWorkspace) {
    this.#workspace = workspace;
  }

  post(params: SlackCall["params"]): Answer {
    const target = word(params["channel"]);
    const channel = /^[UW]/.test(target) ? directChannel(target) : target;
    const place = this.#workspace.channels.get(channel);
    if (place === undefined && !channel.startsWith("D")) return refuse("channel_not_found");
    if (place !== undefined && !place.member) return refuse("not_in_channel");
    if (place?.archived === true) return refuse("is_archived");
    const thread = typeof params["thread_ts"] === "string" ? params["thread_ts"] : null;
    // Slack's own code for a parent that does not exist is not in its list of errors; this one is a guess.
    if (thread !== null && !this.#isParent(channel, thread)) return refuse("thread_not_found");
    const refused = this.#refuse(params);
    if (refused !== null) return refused;
    const ts = this.#workspace.nextTs();
    const key = metadata.safeParse(params["metadata"]).data?.event_payload.key ?? null;
    const message = this.#message(params, { id: ts, channel, thread, key });
    this.#workspace.add(message);
    return { ok: true, channel, ts, message: { ts, user: BOT_USER, bot_id: BOT, type: "message" } };
  }

  update(params: SlackCall["params"]): Answer {
    const channel = word(params["channel"]);
    if (/^[UW]/.test(channel)) return refuse("channel_not_found");
    const old = this.#workspace.find(channel, word(params["ts"]));
    if (old === undefined) return refuse("message_not_found");
    if (old.by !== BOT_USER) return refuse("cant_update_message");
    const refused = this.#refuse(params);
    if (refused !== null) return refused;
    this.#workspace.replace(this.#message(params, old));
    return { ok: true, channel, ts: old.id, text: word(params["text"]) };
  }

  #isParent(channel: string, ts: string): boolean {
    return this.#workspace.find(channel, ts)?.thread === null;
  }

  #refuse(params: SlackCall["params"]): Answer | null {
    const { text, blocks } = params;
    if ((text === undefined || text === "") && blocks === undefined) return refuse("no_text");
    const problems = refusePayload({ text, blocks });
    if (problems.some((problem) => problem.includes("msg_blocks_too_long")))
      return refuse("msg_blocks_too_long");
    return problems.length === 0 ? null : refuse("invalid_blocks", problems);
  }

  #message(
    params: SlackCall["params"],
    base: Pick<SlackMessage, "id" | "channel" | "thread" | "key">,
  ): SlackMessage {
    const payload = { text: params["text"], blocks: params["blocks"] };
    const { id, channel, thread, key } = base;
    return { id, channel, thread, key, by: BOT_USER, payload, text: visibleText(payload) };
  }
}

/** The Web API and the response_urls of the fake, over HTTP. */
export class FakeWeb {
  readonly #options: WebOptions;
  readonly #chat: Chat;
  constructor(options: WebOptions) {
    this.#options = options;
    this.#chat = new Chat(options.workspace);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://fake").pathname;
    const text = await readBody(request);
    if (path.startsWith("/response/")) return this.#respond(path.slice("/response/".length), text, response);
    const method = path.replace(/^\/api\//, "");
    const form = new URLSearchParams(text);
    const params = Object.fromEntries([...form].map(([key, value]) => [key, parsed(value)]));
    const token = this.#token(request, form);
    const { token: _secret, ...shown } = params;
    this.#options.workspace.record({ method, token, params: shown });
    const fault = this.#options.workspace.takeFault(method);
    if (fault !== null && this.#fail(fault, response)) return undefined;
    const answer = this.#answer({ method, token, params });
    if (fault?.cutAfterAccept === true) {
      response.destroy();
      return undefined;
    }
    return send(response, 200, JSON.stringify(answer));
  }

  #token(request: IncomingMessage, form: URLSearchParams): SlackCall["token"] {
    const given = request.headers.authorization?.replace(/^Bearer /, "") ?? form.get("token");
    const { bot, app } = this.#options.tokens;
    if (given === null || given === "") return "none";
    return given === bot ? "bot" : given === app ? "app" : "other";
  }

  #answer(call: SlackCall): Answer {
    const { method, token } = call;
    if (token === "none") return refuse("not_authed");
    if (method === "apps.connections.open") return this.#connection(token);
    if (token === "app") return refuse("not_allowed_token_type");
    if (token !== "bot") return refuse("invalid_auth");
    switch (method) {
      case "auth.test":
        return { ok: true, team_id: TEAM, user_id: BOT_USER, bot_id: BOT, team: "Watchers", user: "qushi" };
      case "chat.postMessage":
        return this.#chat.post(call.params);
      case "chat.update":
        return this.#chat.update(call.params);
      default:
        return refuse("unknown_method");
    }
  }

  #connection(token: SlackCall["token"]): Answer {
    if (token === "bot") return refuse("not_allowed_token_type");
    return token === "app" ? { ok: true, url: this.#options.socketUrl() } : refuse("invalid_auth");
  }

  #fail(fault: SlackFault, response: ServerResponse): boolean {
    if (fault.hang === true) return true;
    if (fault.retryAfter !== undefined) {
      if (fault.retryAfter !== null) response.setHeader("Retry-After", String(fault.retryAfter));
      send(response, 429, JSON.stringify(refuse("ratelimited")));
      return true;
    }
    if (fault.status !== undefined) send(response, fault.status, "fault");
    else if (fault.error !== undefined) send(response, 200, JSON.stringify(refuse(fault.error)));
    else if (fault.garbage === true) send(response, 200, "<!doctype html><title>Sign in</title>");
    else return false;
    return true;
  }

  #respond(id: string, text: string, response: ServerResponse): void {
    const body = parsed(text);
    const params = z.record(z.string(), z.unknown()).catch({}).parse(body);
    this.#options.workspace.record({ method: "response_url", token: "none", params });
    const fault = this.#options.workspace.takeFault("response_url");
    if (fault !== null && this.#fail(fault, response)) return;
    const answer = this.#options.onResponse(id, body);
    if (fault?.cutAfterAccept === true) response.destroy();
    else send(response, answer.status, answer.body);
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  response.setHeader("content-type", body.startsWith("{") ? "application/json" : "text/html");
  response.setHeader("x-oauth-scopes", "app_mentions:read,chat:write,commands,im:history");
  response.writeHead(status).end(body);
}
