import { Client, LoggerLevel } from "@larksuiteoapi/node-sdk";
import { createFeishu } from "../src/adapters/feishu/index.ts";
import { renderFeishu } from "../src/adapters/feishu/render.ts";
import { createWorker } from "../src/delivery/worker.ts";
import type { Delivery } from "../src/store/outbox.ts";
import { openSqlite } from "../src/store/sqlite.ts";
import { startFakeFeishu, type FakeFeishu } from "../tests/support/fake-feishu.ts";

/** "频控策略": what Feishu takes of an app in a second. */
const PER_SECOND = 50;
const SILENT = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };
const MESSAGE = { summary: "digest", blocks: [{ type: "text", lines: [["算力 8.2 EFLOPS"]] }] } as const;

function quiet(): void {
  // What goes wrong is counted at the fake.
}

/** What arrived of a digest to so many chats at once, how long it took and how often Feishu refused. */
export interface FannedOut {
  readonly arrived: number;
  readonly ms: number;
  readonly refused: number;
  /** By Feishu's own rate. */
  readonly budgetMs: number;
}

async function around(count: number, send: (feishu: FakeFeishu, chats: readonly string[]) => Promise<void>) {
  const feishu = await startFakeFeishu({ now: () => new Date() });
  feishu.limits(true);
  const chats = Array.from({ length: count }, (_none, at) => `oc_chat${at}`);
  for (const chat of chats) feishu.addChat(chat);
  const from = performance.now();
  await send(feishu, chats);
  const ms = performance.now() - from;
  const arrived = new Set(feishu.posts().map(({ chat }) => chat)).size;
  const refused = feishu.throttled();
  await feishu.close();
  return { arrived, ms, refused, budgetMs: (count / PER_SECOND) * 1_000 };
}

/** As the SDK's own page shows it: one call for each chat, all at once, none of them tried again. */
export function byBareSdk(count: number): Promise<FannedOut> {
  const content = JSON.stringify(renderFeishu(MESSAGE));
  return around(count, async ({ appId, appSecret, url: domain }, chats) => {
    const level = { logger: SILENT, loggerLevel: LoggerLevel.error };
    const client = new Client({ appId, appSecret, domain, ...level });
    await Promise.allSettled(
      chats.map((chat) =>
        client.im.v1.message.create({
          params: { receive_id_type: "chat_id" },
          data: { receive_id: chat, msg_type: "interactive", content },
        }),
      ),
    );
  });
}

/** By the outbox and its worker through the adapter. */
export async function byWorker(count: number): Promise<FannedOut> {
  const store = await openSqlite({ file: ":memory:" });
  const clock = (): Date => new Date();
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const fanned = await around(count, async (feishu, chats) => {
    const platform = createFeishu({ ...feishu.credentials, log, now: clock });
    await platform.start(() => Promise.resolve());
    const deliveries = chats.map((chat): Delivery => {
      const to = { platform: "feishu", workspace: null, to: { channel: chat }, thread: null } as const;
      const key = `bench-${chat}`;
      return {
        key,
        to,
        act: "post",
        message: MESSAGE,
        dueAt: clock(),
        parentKey: null,
        subscriptionId: null,
      };
    });
    await store.commit({ at: clock(), deliveries });
    const platforms = new Map([["feishu", platform] as const]);
    const worker = createWorker({ store, platforms, clock, log, onProblem: ({ at }) => ({ at }) });
    const last = feishu.next(() => feishu.posts().length === count);
    worker.wake();
    await last;
    await worker.stop();
    await platform.stop();
  });
  await store.close();
  return fanned;
}
