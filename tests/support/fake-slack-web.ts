import type { IncomingMessage, ServerResponse } from "node:http";
import { parsed, recordOf, refuse, word, type Answer, type Params } from "./fake-slack-answer.ts";
import { readBytes, readParams, readUpload } from "./fake-slack-body.ts";
import { Chat } from "./fake-slack-chat.ts";
import { Conversations } from "./fake-slack-conversations.ts";
import type { Files } from "./fake-slack-files.ts";
import type { Gate } from "./fake-slack-limits.ts";
import { scopeOf } from "./fake-slack-scopes.ts";
import {
  BOT,
  BOT_USER,
  TEAM,
  type FakeWorkspace,
  type SlackCall,
  type SlackFault,
} from "./fake-slack-state.ts";
import type { Views } from "./fake-slack-views.ts";

export interface Tokens {
  readonly bot: string;
  readonly app: string;
}

export interface WebOptions {
  readonly workspace: FakeWorkspace;
  readonly tokens: Tokens;
  readonly gate: Gate;
  readonly views: Views;
  readonly files: Files;
  /** The WebSocket address for the next connection. */
  readonly socketUrl: () => string;
  /** A call of a response_url: what to answer it with. */
  readonly onResponse: (id: string, body: unknown) => { readonly status: number; readonly body: string };
}

/** The Web API and the response_urls of the fake, over HTTP. */
export class FakeWeb {
  readonly #options: WebOptions;
  readonly #chat: Chat;
  readonly #conversations: Conversations;
  constructor(options: WebOptions) {
    this.#options = options;
    this.#chat = new Chat(options.workspace, options.gate);
    this.#conversations = new Conversations(options.workspace);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://fake").pathname;
    const bytes = await readBytes(request);
    if (path.startsWith("/response/")) {
      const text = bytes.toString("utf8");
      return this.#respond(path.slice("/response/".length), text, response);
    }
    if (path.startsWith("/upload/")) {
      const file = readUpload(request, bytes);
      return this.#upload(path.slice("/upload/".length), file, response);
    }
    const method = path.replace(/^\/api\//, "");
    const params = readParams(request, bytes);
    const token = this.#token(request, word(params["token"]));
    const { token: _secret, ...shown } = params;
    this.#options.workspace.record({ method, token, params: shown });
    const fault = this.#options.workspace.takeFault(method);
    if (fault !== null && this.#fail(fault, response)) return undefined;
    const wait = token === "bot" ? this.#chat.wait(method, params) : null;
    if (wait !== null) {
      this.#fail({ retryAfter: wait }, response);
      return undefined;
    }
    const answer = this.#answer({ method, token, params });
    if (fault?.cutAfterAccept === true) {
      response.destroy();
      return undefined;
    }
    return this.#send(response, 200, JSON.stringify(answer));
  }

  #token(request: IncomingMessage, inBody: string): SlackCall["token"] {
    const given = request.headers.authorization?.replace(/^Bearer /, "") ?? inBody;
    const { bot, app } = this.#options.tokens;
    if (given === "") return "none";
    return given === bot ? "bot" : given === app ? "app" : "other";
  }

  #answer({ method, token, params }: SlackCall): Answer {
    const { workspace } = this.#options;
    if (token === "none") return refuse("not_authed");
    if (workspace.uninstalled) return refuse("account_inactive");
    if (method === "apps.connections.open") return this.#connection(token);
    if (token === "app") return refuse("not_allowed_token_type");
    if (token !== "bot") return refuse("invalid_auth");
    const needed = scopeOf(method, word(params["channel"]));
    if (needed !== null && !workspace.scopes.has(needed)) {
      // docs.slack.dev/apis/web-api, "Error responses": what is missing and what there is.
      return { ...refuse("missing_scope"), needed, provided: [...workspace.scopes].join(",") };
    }
    return this.#granted(method, params);
  }

  #granted(method: string, params: Params): Answer {
    const { views, files } = this.#options;
    switch (method) {
      case "auth.test":
        return {
          ok: true,
          url: "https://watchers.slack.com/",
          team: "Watchers",
          user: "qushi",
          team_id: TEAM,
          user_id: BOT_USER,
          bot_id: BOT,
          is_enterprise_install: false,
        };
      case "chat.postMessage":
        return this.#chat.post(params);
      case "chat.update":
        return this.#chat.update(params);
      case "chat.getPermalink":
        return this.#chat.permalink(params);
      case "conversations.history":
        return this.#conversations.history(params);
      case "conversations.replies":
        return this.#conversations.replies(params);
      case "conversations.info":
        return this.#conversations.info(params);
      case "conversations.list":
        return this.#conversations.list(params, false);
      case "conversations.open":
        return this.#conversations.open(params);
      case "users.conversations":
        return this.#conversations.list(params, true);
      case "users.info":
        return this.#conversations.user(params);
      case "views.open":
        return views.open(params);
      case "views.push":
        return views.push(params);
      case "views.update":
        return views.update(params);
      case "views.publish":
        return views.publish(params);
      case "files.getUploadURLExternal":
        return files.begin(params);
      case "files.completeUploadExternal":
        return files.complete(params);
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
      this.#send(response, 429, JSON.stringify(refuse("ratelimited")));
      return true;
    }
    if (fault.status !== undefined) this.#send(response, fault.status, "fault");
    else if (fault.error !== undefined) this.#send(response, 200, JSON.stringify(refuse(fault.error)));
    else if (fault.garbage === true) this.#send(response, 200, "<!doctype html><title>Sign in</title>");
    else return false;
    return true;
  }

  #upload(id: string, bytes: Buffer, response: ServerResponse): void {
    this.#options.workspace.record({ method: "upload", token: "none", params: { bytes: bytes.length } });
    const fault = this.#options.workspace.takeFault("upload");
    if (fault !== null && this.#fail(fault, response)) return;
    if (this.#options.files.receive(id, bytes)) this.#send(response, 200, `OK - ${bytes.length}`);
    else this.#send(response, 404, "not found");
  }

  #respond(id: string, text: string, response: ServerResponse): void {
    const body = parsed(text);
    this.#options.workspace.record({ method: "response_url", token: "none", params: recordOf(body) });
    const fault = this.#options.workspace.takeFault("response_url");
    if (fault !== null && this.#fail(fault, response)) return;
    const answer = this.#options.onResponse(id, body);
    if (fault?.cutAfterAccept === true) response.destroy();
    else this.#send(response, answer.status, answer.body);
  }

  /** Every answer names the scopes: docs.slack.dev/authentication/tokens. */
  #send(response: ServerResponse, status: number, body: string): void {
    response.setHeader("content-type", body.startsWith("{") ? "application/json" : "text/html");
    response.setHeader("x-oauth-scopes", [...this.#options.workspace.scopes].join(","));
    response.writeHead(status).end(body);
  }
}
