import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { z } from "zod";
import type { FakeEndpoint, Faults } from "./fake-feishu-faults.ts";
import { applyFault, errorBody, sendJson } from "./fake-feishu-faults.ts";
import type { FakeMessages } from "./fake-feishu-messages.ts";
import { isRefusal, threadIdOf } from "./fake-feishu-messages.ts";
import { CLIENT_CONFIG } from "./fake-feishu-socket.ts";

export const FAKE_APP_ID = "cli_0123456789abcdef";
export const FAKE_BOT = "ou_fakebot";

/** One HTTP call, without its credentials. */
export interface FakeCall {
  readonly endpoint: FakeEndpoint;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const credentials = z.object({ app_id: z.string(), app_secret: z.string() });
const connectBody = z.object({ AppID: z.string(), AppSecret: z.string() });

/** The HTTP side of the fake: credentials, tokens, faults, and the message calls with Feishu's answers. */
export class FakeHttp {
  readonly calls: FakeCall[] = [];
  readonly server: Server;
  url = "";
  private tokens = new Set<string>();
  private issued = 0;
  private readonly appSecret: string;
  private readonly messages: FakeMessages;
  private readonly faults: Faults;
  private readonly now: () => Date;

  constructor(appSecret: string, messages: FakeMessages, faults: Faults, now: () => Date) {
    this.appSecret = appSecret;
    this.messages = messages;
    this.faults = faults;
    this.now = now;
    this.server = createServer((request, response) => {
      void this.handle(request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, "127.0.0.1", () => resolve());
    });
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new Error("the fake has no port");
    this.url = `http://127.0.0.1:${address.port}`;
  }

  expireTokens(): void {
    this.tokens = new Set();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const body: unknown = text === "" ? null : JSON.parse(text);
    const endpoint = endpointOf(request.method ?? "GET", pathname);
    if (endpoint === null) return sendJson(response, 404, { code: 404, msg: "404 page not found" });
    const secret = endpoint === "token" || endpoint === "connect";
    const call = {
      endpoint,
      path: pathname,
      query: Object.fromEntries(searchParams),
      body: secret ? null : body,
    };
    this.calls.push(call);
    const fault = this.faults.take(endpoint);
    if (fault !== null && applyFault(fault, response)) return undefined;
    // Carried out, but nobody hears of it.
    if (fault !== null) response.end = () => response.destroy();
    if (endpoint === "token") return this.token(body, response);
    if (endpoint === "connect") return this.connect(body, response);
    const bearer = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    if (!this.tokens.has(bearer)) {
      return sendJson(response, 400, errorBody(99991663, "Invalid access token for authorization."));
    }
    if (endpoint === "bot") {
      const bot = {
        activate_status: 2,
        app_name: "区势",
        avatar_url: "",
        ip_white_list: [],
        open_id: FAKE_BOT,
      };
      return sendJson(response, 200, { code: 0, msg: "ok", bot });
    }
    return this.carryOut(call, response);
  }

  private token(body: unknown, response: ServerResponse): void {
    const given = credentials.safeParse(body);
    // Both were seen on the real endpoint with HTTP 200.
    if (!given.success) return sendJson(response, 200, { code: 10003, data: {}, msg: "invalid param" });
    const { app_id: appId, app_secret: appSecret } = given.data;
    if (appId !== FAKE_APP_ID) return sendJson(response, 200, { code: 10014, msg: "app id not exists" });
    if (appSecret !== this.appSecret)
      return sendJson(response, 200, { code: 10014, msg: "app secret invalid" });
    this.issued += 1;
    const made = `t-fake0tenant0access0token0${this.issued}`;
    this.tokens.add(made);
    return sendJson(response, 200, { code: 0, msg: "ok", tenant_access_token: made, expire: 7200 });
  }

  private connect(body: unknown, response: ServerResponse): void {
    const given = connectBody.safeParse(body);
    if (!given.success || given.data.AppID !== FAKE_APP_ID || given.data.AppSecret !== this.appSecret) {
      return sendJson(response, 200, { code: 514, msg: "auth failed" });
    }
    // The SDK reads device_id and service_id only where they are not the first of the query.
    const query = "fpid=1&device_id=d1&service_id=7&access_key=fake0access0key&ticket=fake0ticket";
    const data = { URL: `${this.url.replace("http", "ws")}/ws?${query}`, ClientConfig: CLIENT_CONFIG };
    return sendJson(response, 200, { code: 0, msg: "", data });
  }

  private carryOut(call: FakeCall, response: ServerResponse): void {
    const id = decodeURIComponent(call.path.split("/")[5] ?? "");
    const result =
      call.endpoint === "create"
        ? this.messages.create(call.query["receive_id_type"] ?? null, call.body)
        : call.endpoint === "reply"
          ? this.messages.reply(id, call.body)
          : this.messages.update(id, call.body);
    if (isRefusal(result)) return sendJson(response, 400, errorBody(result.code, result.msg));
    const data = {
      message_id: result.id,
      chat_id: result.chat,
      msg_type: "interactive",
      create_time: String(this.now().getTime()),
      ...(result.parent === null
        ? {}
        : { parent_id: result.parent, root_id: result.thread ?? result.parent }),
      ...(result.thread === null ? {} : { thread_id: threadIdOf(result.thread) }),
      sender: { id: FAKE_APP_ID, id_type: "app_id", sender_type: "app", tenant_key: "fake0tenant" },
    };
    return sendJson(response, 200, { code: 0, msg: "success", data: call.endpoint === "update" ? {} : data });
  }
}

function endpointOf(method: string, path: string): FakeEndpoint | null {
  const route = `${method} ${path}`;
  if (route === "POST /open-apis/auth/v3/tenant_access_token/internal") return "token";
  if (route === "POST /callback/ws/endpoint") return "connect";
  if (route === "GET /open-apis/bot/v3/info") return "bot";
  if (route === "POST /open-apis/im/v1/messages") return "create";
  if (/^POST \/open-apis\/im\/v1\/messages\/[^/]+\/reply$/.test(route)) return "reply";
  return /^PATCH \/open-apis\/im\/v1\/messages\/[^/]+$/.test(route) ? "update" : null;
}
