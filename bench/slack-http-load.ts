import { createHmac } from "node:crypto";
import { connect, type Socket } from "node:net";

/** What one round of load came to. */
export interface Load {
  readonly answered: number;
  readonly perSecond: number;
  /** In milliseconds. */
  readonly p99: number;
}

export interface Target {
  readonly port: number;
  /** With the query, if any. */
  readonly path: string;
  readonly secret: string;
  /** What is asked with /qushi, in turn. */
  readonly lines: readonly string[];
}

/** Requests that are signed before a round, so that the signing costs the round nothing. */
const PREPARED = 4_000;
let asked = 0;

/** One signed slash command as bytes on the wire: docs.slack.dev/authentication/verifying-requests-from-slack. */
export function signedCommand({ port, path, secret, lines }: Target): Buffer {
  const line = lines[asked % lines.length] ?? "";
  asked += 1;
  const body = new URLSearchParams({
    token: "verification-token",
    team_id: "T0QUSHI",
    team_domain: "watchers",
    channel_id: "C0DISTRICTS",
    channel_name: "districts",
    user_id: "U0WANG",
    user_name: "user",
    command: "/qushi",
    text: line,
    api_app_id: "A0QUSHI",
    is_enterprise_install: "false",
    response_url: "http://127.0.0.1:9/response",
    trigger_id: `trigger.${asked}`,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const hash = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Content-Type: application/x-www-form-urlencoded",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Slack-Request-Timestamp: ${timestamp}`,
    `X-Slack-Signature: v0=${hash}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** The first answer in what arrived; null while it is not all there. By length, or in chunks. */
function readAnswer(received: string): Answered | null {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = received.slice(0, end);
  const status = Number(head.slice(9, 12));
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length === undefined)
    return received.endsWith("\r\n0\r\n\r\n") ? { status, body: received.slice(end + 4) } : null;
  return received.length >= end + 4 + Number(length) ? { status, body: received.slice(end + 4) } : null;
}

/** One request after another on one connection that is kept. Rejects when the other side ends it. */
class Line {
  readonly #socket: Socket;
  #received = "";
  #waiting: { resolve: (answered: Answered) => void; reject: (error: Error) => void } | null = null;

  constructor(port: number) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    // latin1: a byte is a character, so lengths are those of the wire.
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (text: string) => this.#hear(text));
    this.#socket.on("error", (error) => this.#waiting?.reject(error));
    this.#socket.on("close", () => this.#waiting?.reject(new Error("the server hung up")));
  }

  ask(request: Buffer): Promise<Answered> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(text: string): void {
    this.#received += text;
    const answered = readAnswer(this.#received);
    if (answered === null) return;
    this.#received = "";
    this.#waiting?.resolve(answered);
  }
}

/** Asks once; null while nobody answers with 200. */
export async function askOnce(target: Target): Promise<string | null> {
  const line = new Line(target.port);
  try {
    const { status, body } = await line.ask(signedCommand(target));
    return status === 200 ? Buffer.from(body, "latin1").toString("utf8") : null;
  } catch {
    return null;
  } finally {
    line.close();
  }
}

/** Keeps so many requests on their way for so long. Rejects where one is not answered with 200. */
export async function load(target: Target, concurrency: number, ms: number): Promise<Load> {
  const requests = Array.from({ length: PREPARED }, () => signedCommand(target));
  const took: number[] = [];
  let next = 0;
  const from = performance.now();
  const until = from + ms;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      const line = new Line(target.port);
      try {
        while (performance.now() < until) {
          const request = requests[(next += 1) % requests.length];
          if (request === undefined) return;
          const began = performance.now();
          const { status } = await line.ask(request);
          if (status !== 200) throw new Error(`${target.path} answered ${status}`);
          took.push(performance.now() - began);
        }
      } finally {
        line.close();
      }
    }),
  );
  const seconds = (performance.now() - from) / 1_000;
  const sorted = took.toSorted((a, b) => a - b);
  return {
    answered: took.length,
    perSecond: took.length / seconds,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  };
}
