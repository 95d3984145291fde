import { Agent, request } from "node:http";
import { z } from "zod";
import type { Budgets } from "../../src/core/budget.ts";
import { formatAddress, type Address, type PlatformName } from "../../src/core/place.ts";
import type { Message } from "../../src/message/message.ts";
import { DeliveryError, type Abilities, type Platform } from "../../src/platform/platform.ts";

/** A worker's side of the fake platform: a Platform that sends over real connections. */
export interface FakeConnection {
  readonly url: string;
  readonly name: PlatformName;
  readonly find: Abilities["find"];
  /** What the worker is told to keep to; the server may have another opinion. */
  readonly budgets: Budgets;
  /** How long a call may take, in real milliseconds. */
  readonly callMs: number;
}

const posted = z.object({ id: z.string() });
const found = z.object({ id: z.string().nullable() });
const refused = z.object({
  error: z.string(),
  scope: z.enum(["place", "all"]).optional(),
  retryAfterMs: z.number().optional(),
});
const coded = z.object({ code: z.string() });

interface Answer {
  readonly status: number;
  readonly body: string;
}

export function connectFakePlatform({ url, name, find, budgets, callMs }: FakeConnection): Platform {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  const call = (method: "GET" | "POST", path: string, body: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sending = request(`${url}${path}`, { method, agent, timeout: callMs }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on("error", (error) => reject(failure(error)));
      });
      sending.on("timeout", () => sending.destroy(new Error("timeout")));
      sending.on("error", (error) => reject(failure(error)));
      sending.end(body);
    });

  const send = async (to: Address, message: Message, key: string, edits: string | null): Promise<string> => {
    const plain = message.blocks.every(({ type }) => type === "text");
    const given = { place: formatAddress(to), thread: to.thread, key, plain, edits };
    const { status, body } = await call("POST", "/", JSON.stringify(given));
    if (status !== 200) throw refusal(status, body);
    const read = posted.safeParse(parsed(body));
    if (!read.success) throw new DeliveryError("unknown_outcome", "an answer that is none");
    return read.data.id;
  };

  return {
    name,
    abilities: {
      threads: true,
      edits: true,
      forms: "none",
      filesNeed: null,
      reads: false,
      files: false,
      buttons: true,
      private: true,
      find,
    },
    budgets,
    callback: null,
    health: () => ({ state: "connected", detail: null }),
    lacks: () => [],
    start: () => Promise.resolve(),
    stop: async () => agent.destroy(),
    post: async (to, message, key) => ({ ref: { address: to, id: await send(to, message, key, null) } }),
    edit: async (ref, message) =>
      void (await send({ ...ref.address, thread: null }, message, ref.id, ref.id)),
    link: () => null,
    mayPost: () => Promise.resolve("unknown"),
    find: async (to, key) => {
      const query = new URLSearchParams({ place: formatAddress(to), key });
      const { status, body } = await call("GET", `/?${query.toString()}`, "");
      const read = found.safeParse(parsed(body));
      if (status !== 200 || !read.success) return { state: "unknown" };
      if (read.data.id === null) return { state: "absent" };
      return { state: "posted", ref: { address: to, id: read.data.id } };
    },
  };
}

/** The one function that turns this platform's failures into the port's. */
function refusal(status: number, body: string): DeliveryError {
  const read = refused.safeParse(parsed(body));
  if (!read.success || status >= 500) return new DeliveryError("unknown_outcome", `http_${status}`);
  const { error, scope = "place", retryAfterMs = null } = read.data;
  if (status === 429) return new DeliveryError("rate_limited", error, retryAfterMs, scope);
  if (status === 404)
    return new DeliveryError("target_gone", error, null, error === "place_gone" ? "place" : "message");
  return new DeliveryError("rejected", error);
}

function failure(error: Error): DeliveryError {
  const code = coded.safeParse(error).data?.code ?? error.message;
  return code === "ECONNREFUSED"
    ? new DeliveryError("unreachable", code, null, "all")
    : new DeliveryError("unknown_outcome", code);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
