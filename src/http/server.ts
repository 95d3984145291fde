import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A path and what answers there. */
export interface Route {
  readonly path: `/${string}`;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** How Qushi is doing: `ok` decides between 200 and 503, the rest is shown as it is. */
export interface HealthReport {
  readonly ok: boolean;
  readonly [what: string]: unknown;
}

/** The server cannot listen: what is wrong, and what the operator does next. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  readonly fix: string;
  constructor(what: string, fix: string) {
    super(what);
    this.fix = fix;
  }
}

export interface HttpServer {
  /** http://HOST:PORT, the port as the system gave it. */
  readonly address: string;
  /** Takes no new connections; resolves when those under way have been answered, or after `limitMs`. */
  stop(limitMs?: number): Promise<void>;
}

/** Longer than the minute after which load balancers give a silent connection up, so that they close first. */
const KEEP_ALIVE_MS = 65_000;
/** For a whole request; platforms send small ones at once. */
const REQUEST_MS = 15_000;
const STOP_MS = 3_000;

/** The one server: what the platforms call, and GET /health. Rejects with ListenError. */
export async function listen(options: {
  readonly host: string;
  /** 0: one that is free, of the system's choice. */
  readonly port: number;
  readonly routes: readonly Route[];
  readonly health: () => HealthReport;
}): Promise<HttpServer> {
  const routes = new Map<string, Route["handle"]>(options.routes.map(({ path, handle }) => [path, handle]));
  routes.set("/health", (request, response) => answerHealth(options.health, request, response));
  const server = createServer((request, response) => {
    // A query is no part of a path, and whatever else stands there is nobody's.
    const [path = ""] = (request.url ?? "").split("?");
    const handle = routes.get(path);
    if (handle === undefined) return refuse(response, 404, "nothing answers here");
    handle(request, response).catch(() => refuse(response, 500, "this request failed"));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = REQUEST_MS;
  server.requestTimeout = REQUEST_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : options.port;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    address: `http://${host}:${port}`,
    stop: (limitMs = STOP_MS) =>
      new Promise((resolve) => {
        const limit = setTimeout(() => server.closeAllConnections(), limitMs);
        server.close(() => {
          clearTimeout(limit);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answerHealth(
  health: () => HealthReport,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    return refuse(response, 405, "only GET");
  }
  const report = health();
  response.writeHead(report.ok ? 200 : 503, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : `${JSON.stringify(report)}\n`);
}

function refuse(response: ServerResponse, status: number, what: string): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${what}\n`);
}

function listenError(
  error: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
): ListenError {
  switch (error.code) {
    case "EADDRINUSE":
      return new ListenError(
        `port ${port} on ${host} is taken.`,
        "Set PORT to one that is free, or end the program that holds it.",
      );
    case "EACCES":
      return new ListenError(
        `port ${port} on ${host} needs rights that this user does not have.`,
        "Set PORT to a number above 1023.",
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new ListenError(`${host} is no address of this machine.`, "Correct HOST, or leave it out.");
    default:
      return new ListenError(
        `cannot listen on ${host}:${port}: ${error.code ?? error.message}.`,
        "Set HOST and PORT.",
      );
  }
}
