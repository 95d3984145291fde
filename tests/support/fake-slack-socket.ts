import type { Server } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { z } from "zod";
import type { FakeWorkspace } from "./fake-slack-state.ts";
import { Waiters } from "./fake-slack-waiters.ts";

/** What a client said about an envelope: `{}` for a bare acknowledgement. */
export interface Acknowledgement {
  readonly envelopeId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const acknowledgement = z.object({
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()).default({}),
});

/** docs.slack.dev/apis/events-api/using-socket-mode: up to ten connections, and a payload goes to any one of them. */
const MOST_CONNECTIONS = 10;

/** The Socket Mode end. Envelopes go to the open connections in turn, bare frames to the newest. */
export class FakeSocket {
  readonly #workspace: FakeWorkspace;
  readonly #server: WebSocketServer;
  readonly #acknowledged = new Waiters<Acknowledgement>();
  readonly #greeted = new Waiters<number>();
  readonly #left = new Waiters<WebSocket>();
  #open: WebSocket[] = [];
  #turn = 0;
  #greetings = 0;

  constructor(http: Server, workspace: FakeWorkspace) {
    this.#workspace = workspace;
    this.#server = new WebSocketServer({ server: http, path: "/link" });
    this.#server.on("connection", (socket) => this.#connect(socket));
  }

  /** How many clients were greeted so far. */
  get greetings(): number {
    return this.#greetings;
  }

  /** Resolves when no more than `count` clients are connected, greeted or not. */
  async atMost(count: number): Promise<void> {
    while (this.#server.clients.size > count) await this.#left.next(() => true);
  }

  /** Resolves at the next hello. */
  nextGreeting(): Promise<number> {
    return this.#greeted.next(() => true);
  }

  /**
   * Sends an envelope and resolves with its acknowledgement. An event whose connection is gone before that is sent
   * again on another one, as Slack does after a while; commands and clicks are not.
   */
  async deliver(type: string, payload: unknown, extra: object = {}): Promise<Acknowledgement> {
    if (this.#open.length === 0) await this.nextGreeting();
    const isEvent = type === "events_api";
    const envelopeId = `e${this.#workspace.count()}`;
    const socket = this.#open[(this.#turn += 1) % this.#open.length];
    const done = this.#acknowledged.next((given) => given.envelopeId === envelopeId);
    const envelope = { type, envelope_id: envelopeId, accepts_response_payload: !isEvent, payload, ...extra };
    socket?.send(JSON.stringify(envelope));
    if (!isEvent || socket === undefined) return done;
    done.catch(() => undefined);
    const gone = this.#left.next((left) => left === socket).then(() => null);
    gone.catch(() => undefined);
    const given = await Promise.race([done, gone]);
    return given ?? this.deliver(type, payload, { retry_attempt: 1, retry_reason: "timeout" });
  }

  /** Sends any frame as it is: strings unchanged, all else as JSON. */
  frame(content: unknown): void {
    this.#open.at(-1)?.send(typeof content === "string" ? content : JSON.stringify(content));
  }

  /** Resolves when the client has seen everything sent so far, and what it said at once has arrived. */
  async settled(): Promise<void> {
    for (const _round of [1, 2]) await Promise.all(this.#open.map(pong));
  }

  /** Says goodbye on every connection, as Slack does when it moves them, and if mute nothing more, not even to a close. Resolves at the next hello. */
  async goodbye(reason: string, mute: boolean): Promise<void> {
    const again = this.nextGreeting();
    for (const socket of this.#open.splice(0)) {
      socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "fake" } }));
      if (mute) socket.pause();
    }
    await again;
  }

  /** Cuts every connection without a word; resolves at the next hello. */
  async cut(): Promise<void> {
    const again = this.nextGreeting();
    for (const socket of this.#open.splice(0)) socket.terminate();
    await again;
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#acknowledged.giveUp("the fake Slack was closed before this was acknowledged");
    this.#greeted.giveUp("the fake Slack was closed before anybody connected");
    this.#left.giveUp("the fake Slack was closed");
    this.#server.close();
  }

  #connect(socket: WebSocket): void {
    socket.on("message", (data) => this.#hear(Buffer.isBuffer(data) ? data.toString("utf8") : ""));
    socket.on("close", () => {
      this.#open = this.#open.filter((other) => other !== socket);
      this.#left.tell(socket);
    });
    if (this.#workspace.takeFault("hello") !== null) return;
    if (this.#open.length >= MOST_CONNECTIONS) {
      socket.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets", debug_info: {} }));
      socket.close();
      return;
    }
    this.#open.push(socket);
    this.#greetings += 1;
    socket.send(
      JSON.stringify({
        type: "hello",
        num_connections: this.#open.length,
        connection_info: { app_id: "A0QUSHI" },
        debug_info: { host: "fake", approximate_connection_time: 18_060 },
      }),
    );
    socket.ping();
    this.#greeted.tell(this.#greetings);
  }

  #hear(text: string): void {
    const { envelope_id, payload } = acknowledgement.parse(JSON.parse(text));
    const given = { envelopeId: envelope_id, payload };
    this.#acknowledged.tell(given);
  }
}

function pong(socket: WebSocket): Promise<unknown> {
  const answered = new Promise((resolve) => socket.once("pong", resolve));
  socket.ping();
  return answered;
}
