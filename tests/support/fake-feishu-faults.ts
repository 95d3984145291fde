import type { ServerResponse } from "node:http";
import { seeded } from "./fake-platform-rules.ts";

/** The calls a fault can be set for. `connect` is /callback/ws/endpoint, `get` that of a message. */
export type FakeEndpoint =
  | "token"
  | "bot"
  | "connect"
  | "create"
  | "reply"
  | "update"
  | "get"
  | "image"
  | "file"
  | "chats"
  | "chat"
  | "scopes"
  | "commands";

/** What the next call of an endpoint meets. Without `code` it is a gateway's answer, HTTP 500 unless `status` says else. */
export interface Fault {
  /** HTTP status; 400 where only `code` is given, as for most im errors. */
  readonly status?: number;
  /** Feishu's code, with its words. */
  readonly code?: number;
  readonly msg?: string;
  /** Seconds in x-ogw-ratelimit-reset. */
  readonly reset?: number;
  /** A `data` object beside the code. */
  readonly data?: object;
  /** No answer ever. */
  readonly hang?: boolean;
  /** The request is carried out, the connection cut before the answer. */
  readonly cutAfterAccept?: boolean;
  /** HTTP 200 with something that is no JSON. */
  readonly garbage?: boolean;
}

/** Faults by turn, and faults that meet a share of all calls. */
export class Faults {
  private readonly waiting = new Map<FakeEndpoint, Fault[]>();
  private shared: {
    readonly of: readonly FakeEndpoint[];
    readonly share: number;
    readonly fault: Fault;
  } | null = null;
  private random = seeded(1);

  add(endpoint: FakeEndpoint, fault: Fault): void {
    this.waiting.set(endpoint, [...(this.waiting.get(endpoint) ?? []), fault]);
  }

  /** From now on a share of the calls, from 0 to 1, the same ones for the same seed. */
  share(of: readonly FakeEndpoint[], share: number, fault: Fault, seed: number): void {
    this.shared = { of, share, fault };
    this.random = seeded(seed);
  }

  take(endpoint: FakeEndpoint): Fault | null {
    const [next, ...rest] = this.waiting.get(endpoint) ?? [];
    this.waiting.set(endpoint, rest);
    if (next !== undefined) return next;
    const { shared } = this;
    return shared?.of.includes(endpoint) === true && this.random() < shared.share ? shared.fault : null;
  }
}

/** Answers as the fault says; false when the request is to be carried out and its answer cut. */
export function applyFault(fault: Fault, response: ServerResponse): boolean {
  if (fault.hang === true) return true;
  if (fault.cutAfterAccept === true) return false;
  if (fault.garbage === true) {
    response.writeHead(200, { "content-type": "text/html" }).end("<html>gateway</html>");
    return true;
  }
  const status = fault.status ?? (fault.code === undefined ? 500 : 400);
  const headers = fault.reset === undefined ? {} : { "x-ogw-ratelimit-reset": String(fault.reset) };
  if (fault.code === undefined) response.writeHead(status, headers).end("<html>gateway</html>");
  else
    sendJson(response, status, errorBody(fault.code, fault.msg ?? "fault of the test", fault.data), headers);
  return true;
}

/** Feishu's error body. */
export function errorBody(code: number, msg: string, data?: object): object {
  return { code, msg, error: { log_id: "20261124000000FAKE" }, ...(data === undefined ? {} : { data }) };
}

export function sendJson(response: ServerResponse, status: number, body: object, headers: object = {}): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}
