/**
 * A chat platform as a loopback server, for walks under fault. `startFakePlatform` serves; workers in this or another
 * process reach it by `connectFakePlatform` (fake-platform-client.ts). It keeps to its budgets with 429, misbehaves as
 * `faults` says (by a seed), knows keys for an hour of its clock where `find` is "key", can be looked into where it is
 * "history", and remembers every message. Tests wait by `accepted(n)`, never by time.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Budgets } from "../../src/core/budget.ts";
import type { Abilities } from "../../src/platform/platform.ts";
import { createGate, NO_FAULTS, seeded, type FakeFaults } from "./fake-platform-rules.ts";

export interface FakeOptions {
  readonly find: Abilities["find"];
  /** What the server itself enforces. */
  readonly budgets: Budgets;
  /** The server's clock in milliseconds. */
  readonly clock: () => number;
  readonly seed: number;
  readonly faults?: Partial<FakeFaults>;
}

/** A message that stands in a place. */
export interface FakeMessage {
  readonly id: string;
  readonly place: string;
  readonly key: string;
  readonly thread: string | null;
  readonly at: number;
  /** The number of the call that brought it, from 1. */
  readonly call: number;
  plain: boolean;
  edits: number;
}

export interface FakePlatform {
  readonly url: string;
  readonly messages: readonly FakeMessage[];
  /** Calls to post or edit, those refused for the budget among them, and rules that a caller broke. */
  readonly counts: { calls: number; limited: number; wrong: string[] };
  /** How many messages stand under a key in a place. */
  times(place: string, key: string): number;
  /** Keys that stand more than once in their place. */
  doubled(): readonly string[];
  /** Resolves when so many messages have been taken in. */
  accepted(count: number): Promise<void>;
  /** From now on the place does not exist. */
  vanish(place: string): void;
  /** From now on nothing but this goes wrong. */
  setFaults(faults: Partial<FakeFaults>): void;
  close(): Promise<void>;
}

const KEY_MS = 3_600_000;
const call = z.object({
  place: z.string(),
  thread: z.string().nullable(),
  key: z.string(),
  plain: z.boolean(),
  /** The message to edit; null for a post. */
  edits: z.string().nullable(),
});
type Call = z.infer<typeof call>;

export async function startFakePlatform(options: FakeOptions): Promise<FakePlatform> {
  const { find, clock } = options;
  let faults: FakeFaults = { ...NO_FAULTS, ...options.faults };
  const random = seeded(options.seed);
  const gate = createGate(options.budgets, clock);
  const messages: FakeMessage[] = [];
  const byKey = new Map<string, FakeMessage[]>();
  const gone = new Set<string>();
  const counts = { calls: 0, limited: 0, wrong: [] as string[] };
  const watchers: { readonly count: number; readonly resolve: () => void }[] = [];

  const standing = (place: string, key: string): readonly FakeMessage[] => byKey.get(`${place} ${key}`) ?? [];
  const accept = (given: Call): FakeMessage => {
    const earlier = standing(given.place, given.key).at(-1);
    if (find === "key" && earlier !== undefined && clock() - earlier.at < KEY_MS) return earlier;
    const message: FakeMessage = {
      id: `m${messages.length + 1}`,
      place: given.place,
      key: given.key,
      thread: given.thread,
      at: clock(),
      call: counts.calls,
      plain: given.plain,
      edits: 0,
    };
    messages.push(message);
    byKey.set(`${given.place} ${given.key}`, [...standing(given.place, given.key), message]);
    for (const { count, resolve } of watchers) if (messages.length >= count) resolve();
    return message;
  };
  const edit = (id: string): FakeMessage | null => {
    const message = messages.find((one) => one.id === id) ?? null;
    if (message !== null) message.edits += 1;
    return message;
  };

  const take = (given: Call, response: ServerResponse): void => {
    counts.calls += 1;
    if (gone.has(given.place)) return answer(response, 404, { error: "place_gone" });
    const refusal = gate(given.place);
    if (refusal !== null || random() < faults.limited) {
      counts.limited += 1;
      return answer(response, 429, { error: "limited", scope: "place", retryAfterMs: 1_000, ...refusal });
    }
    if (!given.plain && share(given.key) < faults.refusedForm)
      return answer(response, 400, { error: "form" });
    if (
      given.thread !== null &&
      !messages.some(({ id, place }) => id === given.thread && place === given.place)
    ) {
      counts.wrong.push(`${given.key} in a thread that is not there`);
      return answer(response, 404, { error: "thread_gone" });
    }
    const done = (): FakeMessage | null => (given.edits === null ? accept(given) : edit(given.edits));
    const dice = random();
    const before = (name: keyof FakeFaults, from: number): boolean =>
      dice >= from && dice < from + faults[name];
    let from = 0;
    if (before("dropped", from)) return void response.destroy();
    from += faults.dropped;
    if (before("broken", from)) {
      if (dice < from + faults.broken / 2) done();
      return answer(response, 500, { error: "broken" });
    }
    from += faults.broken;
    const message = done();
    if (message === null) return answer(response, 404, { error: "message_gone" });
    if (before("cut", from)) return void response.destroy();
    from += faults.cut;
    if (before("garbage", from)) return void response.end("<html>Bad gateway</html>");
    from += faults.garbage;
    if (before("hang", from)) return;
    answer(response, 200, { id: message.id });
  };

  const look = (place: string, key: string, response: ServerResponse): void => {
    if (find !== "history") return answer(response, 400, { error: "no history here" });
    const found = standing(place, key).at(-1);
    answer(response, 200, { id: found?.id ?? null });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://fake");
    if (request.method === "GET")
      return look(url.searchParams.get("place") ?? "", url.searchParams.get("key") ?? "", response);
    const given = call.parse(JSON.parse(await text(request)));
    // What is taken in after its caller has gone is "hang" and "cut", by the seed; a slow machine adds none by itself.
    if (!(await hungUp(request))) take(given, response);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  // A connection that this side closes while idle would look like a cut one to the next call on it.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fake platform has no port");

  return {
    url: `http://127.0.0.1:${address.port}`,
    messages,
    counts,
    times: (place, key) => standing(place, key).length,
    doubled: () => [...byKey].filter(([, all]) => all.length > 1).map(([key]) => key),
    accepted: (count) =>
      new Promise((resolve) => {
        if (messages.length >= count) resolve();
        else watchers.push({ count, resolve });
      }),
    vanish: (place) => void gone.add(place),
    setFaults(next) {
      faults = { ...NO_FAULTS, ...next };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether the caller has closed the connection by now, as far as the system knows: it says so within two turns. */
async function hungUp({ socket }: IncomingMessage): Promise<boolean> {
  for (let turn = 0; turn < 2; turn += 1)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  return socket.destroyed || socket.readableEnded;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** A number from 0 to 1 that a key always has. */
function share(key: string): number {
  let sum = 7;
  for (const letter of key) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return sum / 9_973;
}
