import type { Server } from "node:http";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { z } from "zod";
import { CONTROL, DATA, decodeFrame, encodeFrame } from "./fake-feishu-frames.ts";

/** What the client acknowledged an event with. */
export interface Ack {
  readonly code: number;
  /** What the handler returned: a callback's answer. */
  readonly data: unknown;
}

/** Intervals that the endpoint and each pong hand to the SDK, in seconds. */
export interface ClientConfig {
  readonly PingInterval: number;
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
}

/** Reconnects in tests are at once. */
export const CLIENT_CONFIG: ClientConfig = {
  PingInterval: 120,
  ReconnectCount: -1,
  ReconnectInterval: 1,
  ReconnectNonce: 0,
};

const ackPayload = z.object({ code: z.number(), data: z.string().optional() });

/** The server side of the long connection: pongs, event frames and their acknowledgements. */
export class FakeSocket {
  config = CLIENT_CONFIG;
  private readonly acks: Ack[];
  private readonly server: WebSocketServer;
  private readonly waiting = new Map<string, (ack: Ack) => void>();
  private sockets: WebSocket[] = [];
  /** Still open, and nobody reads them any more. */
  private readonly dead = new Set<WebSocket>();
  private arrivals: (() => void)[] = [];
  private count = 0;

  constructor(http: Server, acks: Ack[]) {
    this.acks = acks;
    this.server = new WebSocketServer({ server: http, path: "/ws" });
    this.server.on("connection", (socket) => this.accept(socket));
  }

  private accept(socket: WebSocket): void {
    socket.on("message", (data) => {
      if (Buffer.isBuffer(data) && !this.dead.has(socket)) this.receive(socket, data);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.sockets = this.sockets.filter((other) => other !== socket);
    });
  }

  /**
   * A client counts from its first ping: the SDK listens for events some microtasks after the handshake, and one that
   * came with the handshake's own packet would be lost unacknowledged (Feishu then delivers it again).
   */
  private welcome(socket: WebSocket): void {
    if (this.sockets.includes(socket)) return;
    this.sockets.push(socket);
    for (const arrived of this.arrivals.splice(0)) arrived();
  }

  private receive(socket: WebSocket, bytes: Buffer): void {
    const { method, headers, payload } = decodeFrame(bytes);
    if (method === CONTROL && headers["type"] === "ping") {
      this.welcome(socket);
      const pong = JSON.stringify(this.config);
      socket.send(encodeFrame({ method: CONTROL, headers: { type: "pong" }, payload: pong }));
      return;
    }
    if (method !== DATA) return;
    const { code, data } = ackPayload.parse(JSON.parse(payload));
    const answer: unknown =
      data === undefined ? null : JSON.parse(Buffer.from(data, "base64").toString("utf8"));
    const ack = { code, data: answer };
    this.acks.push(ack);
    const id = headers["message_id"] ?? "";
    this.waiting.get(id)?.(ack);
    this.waiting.delete(id);
  }

  connections(): number {
    return this.sockets.length;
  }

  /** Resolves when a client is connected. */
  async connected(): Promise<WebSocket> {
    for (;;) {
      const socket = this.sockets.at(-1);
      if (socket !== undefined) return socket;
      await new Promise<void>((resolve) => {
        this.arrivals.push(resolve);
      });
    }
  }

  /** Sends an event to one connection, split into `fragments` frames; resolves with its acknowledgement. */
  async push(event: object, fragments = 1): Promise<Ack> {
    await this.connected();
    this.count += 1;
    // "使用长连接接收事件": one of all connections gets it, and no other. At random there, in turn here.
    const socket = this.sockets[this.count % this.sockets.length] ?? (await this.connected());
    const id = `frame-${this.count}`;
    const bytes = Array.from(JSON.stringify(event));
    const size = Math.ceil(bytes.length / fragments);
    const acknowledged = new Promise<Ack>((resolve) => {
      this.waiting.set(id, resolve);
    });
    for (let seq = 0; seq < fragments; seq += 1) {
      const payload = bytes.slice(seq * size, (seq + 1) * size).join("");
      const headers = {
        type: "event",
        message_id: id,
        sum: String(fragments),
        seq: String(seq),
        trace_id: `trace-${id}`,
      };
      socket.send(encodeFrame({ method: DATA, headers, payload }));
    }
    return acknowledged;
  }

  /** Cuts every connection without a word, as a lost network does. */
  async drop(): Promise<void> {
    await Promise.all(
      this.sockets.map((socket) => {
        const gone = new Promise<void>((resolve) => {
          socket.once("close", () => resolve());
        });
        socket.terminate();
        return gone;
      }),
    );
  }

  /** Every connection falls silent without being closed, as after a sleep or behind a NAT. */
  halfOpen(): void {
    for (const socket of this.sockets) this.dead.add(socket);
    this.sockets = [];
  }

  async close(): Promise<void> {
    await this.drop();
    for (const socket of this.dead) socket.terminate();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }
}
