import type { HttpInstance, HttpRequestOptions } from "@larksuiteoapi/node-sdk";
import { z } from "zod";
import { refusalIn } from "./failure.ts";

/** A request may take this long; Feishu answers within a second. */
const TIMEOUT_MS = 15_000;
/** Nothing we ask for is near this size. */
const MOST_BYTES = 4 * 1024 * 1024;
const LOOPBACK = /^(localhost|127(?:\.\d+){3}|\[::1\])$/;

/** The last refusal of the long connection's endpoint, for the supervisor. */
export interface EndpointWatch {
  refusal: { readonly code: number; readonly msg: string } | null;
}

const seconds = (standard: number) => z.number().nonnegative().catch(standard);
const connectAnswer = z.object({
  data: z.object({
    ClientConfig: z.object({
      PingInterval: z.number().positive().catch(120),
      ReconnectCount: z.number().catch(-1),
      ReconnectInterval: seconds(120),
      ReconnectNonce: seconds(30),
    }),
  }),
});

/**
 * Makes the answer of `/callback/ws/endpoint` digestible for the SDK, in place. Without `data` beside a refusal the
 * SDK takes its own TypeError for a network fault and asks for ever; with broken intervals it pings without a pause.
 */
function mend(body: unknown, watch: EndpointWatch): void {
  const refusal = refusalIn(body, 200);
  watch.refusal = refusal?.kind === "refused" ? { code: refusal.code, msg: refusal.msg } : null;
  if (refusal?.kind === "unreadable" || typeof body !== "object" || body === null) {
    throw new Error("unreadable answer of the connection endpoint");
  }
  if (refusal !== null) {
    Object.assign(body, { data: {} });
    return;
  }
  const parsed = connectAnswer.safeParse(body);
  if (!parsed.success) throw new Error("unreadable answer of the connection endpoint");
  if ("data" in body && typeof body.data === "object") Object.assign(body.data ?? {}, parsed.data.data);
}

/**
 * The SDK's own axios instance. Its answers have whatever type the SDK asks for where it makes the request; `never`
 * fits all of them, and here only `mend` looks inside.
 */
export interface BaseHttp {
  request(config: HttpRequestOptions<unknown> & object): Promise<never>;
}

/** The HTTP the SDK uses: with a time limit, stoppable, and never through a proxy to this machine itself. */
export function feishuHttp(
  base: BaseHttp,
  domain: string,
  signal: AbortSignal,
  watch: EndpointWatch,
  timeoutMs = TIMEOUT_MS,
): HttpInstance {
  const extra = {
    timeout: timeoutMs,
    maxContentLength: MOST_BYTES,
    signal,
    ...(LOOPBACK.test(new URL(domain).hostname) ? { proxy: false } : {}),
  };
  // A refusal with HTTP 4xx must reach `mend` as an answer, not as an error.
  const lenient = { validateStatus: (status: number) => status < 500 && status !== 429 };
  const watched = async (answer: Promise<never>): Promise<never> => {
    const body: unknown = await answer;
    mend(body, watch);
    return answer;
  };
  const request = (options: HttpRequestOptions<unknown>): Promise<never> =>
    options.url?.endsWith("/callback/ws/endpoint") === true
      ? watched(base.request({ ...options, ...extra, ...lenient }))
      : base.request({ ...options, ...extra });
  return {
    request,
    get: (url, options) => request({ ...options, method: "get", url }),
    delete: (url, options) => request({ ...options, method: "delete", url }),
    head: (url, options) => request({ ...options, method: "head", url }),
    options: (url, options) => request({ ...options, method: "options", url }),
    post: (url, data, options) => request({ ...options, method: "post", url, data }),
    put: (url, data, options) => request({ ...options, method: "put", url, data }),
    patch: (url, data, options) => request({ ...options, method: "patch", url, data }),
  };
}
