import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { z } from "zod";
import type { FakeEndpoint, Faults } from "./fake-feishu-faults.ts";
import { applyFault, errorBody, sendJson } from "./fake-feishu-faults.ts";
import { carryOut, endpointOf, FAKE_APP_ID, type FakeState } from "./fake-feishu-routes.ts";

export { FAKE_APP_ID, FAKE_BOT } from "./fake-feishu-routes.ts";

/** One HTTP call, without its credentials. */
export interface FakeCall {
  readonly endpoint: FakeEndpoint;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Null for uploads. */
  readonly body: unknown;
}

const credentials = z.object({ app_id: z.string(), app_secret: z.string() });
const connectBody = z.object({ AppID: z.string(), AppSecret: z.string() });

/** "自建应用获取 tenant_access_token": two hours; the same one is given again until less than half an hour is left. */
const TOKEN_MS = 7_200_000;
const RENEWED_MS = 1_800_000;

/** The HTTP side of the fake: credentials, tokens and faults; what comes through is carried out by the routes. */
export class FakeHttp {
  readonly calls: FakeCall[] = [];
  readonly server: Server;
  url = "";
  /** Until when each is good. */
  private readonly tokens = new Map<string, number>();
  private issued = 0;
  private readonly appSecret: string;
  private readonly state: FakeState;
  private readonly faults: Faults;
  private readonly clientConfig: () => object;

  constructor(appSecret: string, state: FakeState, faults: Faults, clientConfig: () => object) {
    this.appSecret = appSecret;
    this.state = state;
    this.faults = faults;
    this.clientConfig = clientConfig;
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
    this.tokens.clear();
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
    const raw = Buffer.concat(chunks);
    const method = request.method ?? "GET";
    const endpoint = endpointOf(method, pathname);
    if (endpoint === null) return sendJson(response, 404, { code: 404, msg: "404 page not found" });
    const contentType = request.headers["content-type"] ?? "";
    const isJson = raw.length > 0 && !contentType.startsWith("multipart/");
    const body: unknown = isJson ? JSON.parse(raw.toString("utf8")) : null;
    const query = Object.fromEntries(searchParams);
    const isSecret = endpoint === "token" || endpoint === "connect";
    this.calls.push({ endpoint, path: pathname, query, body: isSecret ? null : body });
    const fault = this.faults.take(endpoint);
    if (fault !== null && applyFault(fault, response)) return undefined;
    // Carried out, but nobody hears of it.
    if (fault !== null) response.end = () => response.destroy();
    if (endpoint === "token") return this.giveToken(body, response);
    if (endpoint === "connect") return this.connect(body, response);
    const bearer = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    if (this.left(bearer) <= 0) {
      return sendJson(response, 400, errorBody(99991663, "Invalid access token for authorization."));
    }
    const call = { endpoint, method, path: pathname, query, body, contentType, raw };
    const carried = carryOut(call, this.state);
    if ("body" in carried) return sendJson(response, 200, carried.body);
    const { status = 400, reset = null } = "status" in carried ? carried : {};
    const headers =
      reset === null ? {} : { "x-ogw-ratelimit-limit": "50", "x-ogw-ratelimit-reset": String(reset) };
    return sendJson(response, status, errorBody(carried.code, carried.msg), headers);
  }

  /** Milliseconds that a token is still good for. */
  private left(token: string): number {
    return (this.tokens.get(token) ?? 0) - this.state.now().getTime();
  }

  private giveToken(body: unknown, response: ServerResponse): void {
    const given = credentials.safeParse(body);
    // Both were seen on the real endpoint with HTTP 200.
    if (!given.success) return sendJson(response, 200, { code: 10003, data: {}, msg: "invalid param" });
    const { app_id: appId, app_secret: appSecret } = given.data;
    if (appId !== FAKE_APP_ID) return sendJson(response, 200, { code: 10014, msg: "app id not exists" });
    if (appSecret !== this.appSecret)
      return sendJson(response, 200, { code: 10014, msg: "app secret invalid" });
    let token = [...this.tokens.keys()].at(-1) ?? "";
    if (this.left(token) < RENEWED_MS) {
      this.issued += 1;
      token = `t-fake0tenant0access0token0${this.issued}`;
      this.tokens.set(token, this.state.now().getTime() + TOKEN_MS);
    }
    const expire = Math.floor(this.left(token) / 1_000);
    return sendJson(response, 200, { code: 0, msg: "ok", tenant_access_token: token, expire });
  }

  private connect(body: unknown, response: ServerResponse): void {
    const given = connectBody.safeParse(body);
    if (!given.success || given.data.AppID !== FAKE_APP_ID || given.data.AppSecret !== this.appSecret) {
      return sendJson(response, 200, { code: 514, msg: "auth failed" });
    }
    // The SDK reads device_id and service_id only where they are not the first of the query.
    const query = "fpid=1&device_id=d1&service_id=7&access_key=fake0access0key&ticket=fake0ticket";
    const data = { URL: `${this.url.replace("http", "ws")}/ws?${query}`, ClientConfig: this.clientConfig() };
    return sendJson(response, 200, { code: 0, msg: "", data });
  }
}
