import type { HttpInstance } from "@larksuiteoapi/node-sdk";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type { Endpoint, Failure } from "./failure.ts";
import { TOKEN_REFUSED, describe, failureIn, refusalIn } from "./failure.ts";

/** One call of Feishu's server API; `path` begins with /open-apis/. */
export interface ApiRequest {
  readonly endpoint: Endpoint;
  readonly method: "GET" | "POST" | "PATCH";
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

export type Outcome =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly endpoint: Endpoint; readonly failure: Failure };

/** A multipart form, such as a file to upload. */
export interface UploadRequest {
  readonly endpoint: "upload";
  readonly path: string;
  readonly form: FormData;
}

/** The part of the SDK's client that is used. */
interface SdkClient {
  request(payload: {
    method: string;
    url: string;
    params?: Readonly<Record<string, string>>;
    data?: Readonly<Record<string, unknown>>;
    headers?: Readonly<Record<string, string>>;
  }): Promise<unknown>;
}

export interface FeishuApi {
  /** Calls with the tenant token; a refused token is renewed once. Never rejects. */
  call(request: ApiRequest): Promise<Outcome>;
  upload(request: UploadRequest): Promise<Outcome>;
}

interface ApiOptions {
  readonly client: SdkClient;
  /** For forms: the client copies what it is given, and a copied form is empty. */
  readonly http: Pick<HttpInstance, "request">;
  readonly domain: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly now: () => Date;
  readonly log: Log;
}

interface Token {
  readonly value: string;
  readonly until: number;
}

/** "获取 tenant_access_token": `expire` in seconds; the same token comes back until half an hour is left. */
const tokenAnswer = z.object({ tenant_access_token: z.string().min(1), expire: z.number().positive() });
/** A token is renewed this long before its end, so that none ends on the way. */
const EARLY_MS = 3 * 60_000;

export function createApi({ client, http, domain, appId, appSecret, now, log }: ApiOptions): FeishuApi {
  let token: Token | null = null;
  let fetching: Promise<Token | Failure> | null = null;

  const authorization = (bearer: string): Readonly<Record<string, string>> => ({
    Authorization: `Bearer ${bearer}`,
  });

  async function attempt(endpoint: Endpoint, request: () => Promise<unknown>): Promise<Outcome> {
    const fail = (failure: Failure): Outcome => {
      log.debug("feishu call failed", { what: describe(endpoint, failure) });
      return { ok: false, endpoint, failure };
    };
    try {
      const body = await request();
      const refusal = refusalIn(body, 200);
      return refusal === null ? { ok: true, body } : fail(refusal);
    } catch (error) {
      return fail(failureIn(error));
    }
  }

  function send(request: ApiRequest, bearer: string | null): Promise<Outcome> {
    const { endpoint, method, path: url, params, data } = request;
    return attempt(endpoint, () =>
      client.request({
        method,
        url,
        ...(params === undefined ? {} : { params }),
        ...(data === undefined ? {} : { data }),
        ...(bearer === null ? {} : { headers: authorization(bearer) }),
      }),
    );
  }

  async function fetchToken(): Promise<Token | Failure> {
    const asked = now().getTime();
    const outcome = await send(
      {
        endpoint: "token",
        method: "POST",
        path: "/open-apis/auth/v3/tenant_access_token/internal",
        data: { app_id: appId, app_secret: appSecret },
      },
      null,
    );
    if (!outcome.ok) return outcome.failure;
    const parsed = tokenAnswer.safeParse(outcome.body);
    if (!parsed.success) return { kind: "unreadable" };
    const lifetime = parsed.data.expire * 1000;
    return {
      value: parsed.data.tenant_access_token,
      until: asked + Math.max(lifetime - EARLY_MS, lifetime / 2),
    };
  }

  /** The token in hand, else one request for all who wait. */
  async function currentToken(): Promise<Token | Failure> {
    if (token !== null && now().getTime() < token.until) return token;
    fetching ??= fetchToken().finally(() => {
      fetching = null;
    });
    const got = await fetching;
    if ("value" in got) token = got;
    return got;
  }

  async function withToken(request: (bearer: string) => Promise<Outcome>): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      const bearer = await currentToken();
      if (!("value" in bearer)) return { ok: false, endpoint: "token", failure: bearer };
      const outcome = await request(bearer.value);
      if (outcome.ok || outcome.failure.kind !== "refused" || !TOKEN_REFUSED.has(outcome.failure.code))
        return outcome;
      if (token?.value === bearer.value) token = null;
      if (tries === 2) return outcome;
    }
  }

  return {
    call: (request) => withToken((bearer) => send(request, bearer)),
    upload: ({ endpoint, path, form }) =>
      withToken((bearer) =>
        attempt(endpoint, () =>
          http.request<unknown>({
            method: "post",
            url: `${domain}${path}`,
            data: form,
            headers: authorization(bearer),
          }),
        ),
      ),
  };
}
