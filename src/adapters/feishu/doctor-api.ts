import { z } from "zod";
import { failureIn, refusalIn, type Failure } from "./failure.ts";
import { feishuHttp, type EndpointWatch } from "./http.ts";

/** One call of Feishu's server API while setting up; `path` begins with a slash. */
export interface AdminRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

export type AdminAnswer =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly failure: Failure };

/** Calls with the app's token, over the same HTTP as the running bot. Never rejects. */
export interface AdminApi {
  call(request: AdminRequest): Promise<AdminAnswer>;
}

export interface AdminOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** Without a slash at its end. */
  readonly domain: string;
}

/** "自建应用获取 tenant_access_token". */
const tokenAnswer = z.object({ tenant_access_token: z.string().min(1) });
const TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal";

/** What was opened: calls with a token, or why there is none; and whether Feishu would take a long connection. */
export interface Opened {
  readonly api: AdminApi | { readonly failure: Failure };
  /** Asks the endpoint of the long connection, without connecting. */
  readonly connection: () => Promise<AdminAnswer>;
}

/** Gets a token. Nothing of the request, which holds the secret, gets into what it answers. */
export async function openAdmin({ appId, appSecret, domain }: AdminOptions): Promise<Opened> {
  const sdk = await import("@larksuiteoapi/node-sdk");
  const watch: EndpointWatch = { refusal: null };
  const http = feishuHttp(
    { request: (config) => sdk.defaultHttpInstance.request<unknown, never>(config) },
    domain,
    new AbortController().signal,
    watch,
  );
  const send = async (
    { method, path, params, data }: AdminRequest,
    bearer?: string,
  ): Promise<AdminAnswer> => {
    try {
      const body: unknown = await http.request<unknown, unknown>({
        method,
        url: `${domain}${path}`,
        headers: bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` },
        ...(params === undefined ? {} : { params }),
        ...(data === undefined ? {} : { data }),
      });
      const refusal = refusalIn(body, 200);
      return refusal === null ? { ok: true, body } : { ok: false, failure: refusal };
    } catch (error) {
      return { ok: false, failure: failureIn(error) };
    }
  };
  const connection = (): Promise<AdminAnswer> =>
    send({ method: "POST", path: "/callback/ws/endpoint", data: { AppID: appId, AppSecret: appSecret } });

  const answer = await send({
    method: "POST",
    path: TOKEN_PATH,
    data: { app_id: appId, app_secret: appSecret },
  });
  if (!answer.ok) return { api: { failure: answer.failure }, connection };
  const token = tokenAnswer.safeParse(answer.body).data?.tenant_access_token;
  if (token === undefined) return { api: { failure: { kind: "unreadable" } }, connection };
  return { api: { call: (request) => send(request, token) }, connection };
}
