import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Discussion } from "../../src/core/discussion.ts";
import type { Address, Person } from "../../src/core/place.ts";
import type { Button } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { createDiscussions } from "../../src/schedule/discussions.ts";
import type { Grant } from "../../src/store/store.ts";
import type { Abilities } from "../../src/platform/platform.ts";
import { ADMIN, botRig, CHANNEL, CHEN, WANG, type BotRig } from "./bot-rig.ts";
import { JULY } from "./recorder.ts";

export const LATER = (minutes: number): Date => new Date(JULY.getTime() + minutes * 60_000);

/** A message that arrived: in which thread (null: the channel), its words and its buttons. */
export interface Arrived {
  readonly key: string;
  readonly act: "post" | "edit";
  readonly thread: string | null;
  readonly text: string;
  readonly buttons: readonly Button[];
}

/** The bot with discussions that are kept up and an outbox that is sent; a message's id is "m." and its delivery's key. */
export interface ThreadRig extends BotRig {
  /** Keeps the discussions and sends what is due until nothing is left; what arrived, oldest first. */
  readonly settle: () => Promise<readonly Arrived[]>;
  /** Opens the discussion of a commitment in a channel and resolves with its thread. */
  readonly open: (id: string, place?: Address) => Promise<Address>;
  readonly discussion: (id: string, place?: Address) => Promise<Discussion>;
  /** Everything that the store holds, as bytes. */
  readonly dump: () => Promise<Buffer>;
  /** Minutes after JULY on everybody's clock. */
  readonly goTo: (minutes: number) => void;
}

export async function threadRig(abilities: Partial<Abilities> = {}): Promise<ThreadRig> {
  let now = JULY;
  const base = await botRig({
    abilities: { reads: true, ...abilities },
    link: ({ id }) => `https://chat.lanting.example/${id}`,
    now: () => now,
  });
  const { store, desk } = base;
  onTestFinished(() => store.close());
  const given = { district: null, grantedBy: await store.personKey(ADMIN), at: JULY };
  const [wang, chen] = [await store.personKey(WANG), await store.personKey(CHEN)];
  const grants: readonly Grant[] = [
    { ...given, personKey: wang, role: "tracker" },
    { ...given, personKey: chen, role: "reviewer" },
  ];
  await store.commit({ at: JULY, grants });
  const keep = createDiscussions({
    book: desk.book,
    store,
    lang: "zh",
    zone: "Asia/Shanghai",
    admins: [ADMIN],
  });
  const send = async (): Promise<readonly Arrived[]> => {
    const sent: Arrived[] = [];
    for (const row of await store.claim({ now, limit: 100, leaseMs: 60_000, budgets: new Map() })) {
      const { delivery, lease, edits } = row;
      const { key, act, message, to } = delivery;
      const ref = edits ?? { address: { ...to, thread: null }, id: `m.${key}` };
      await store.settle(key, lease, { type: "sent", ref }, { at: now });
      sent.push({
        key,
        act: act === "post" ? "post" : "edit",
        thread: to.thread,
        text: renderText(
          { ...message, blocks: message.blocks.filter(({ type }) => type !== "buttons") },
          { columns: 1_000, colour: false },
        ),
        buttons: message.blocks.flatMap((block) => (block.type === "buttons" ? block.buttons : [])),
      });
    }
    return sent;
  };
  const rig: ThreadRig = {
    ...base,
    async settle() {
      const arrived: Arrived[] = [];
      for (let turns = 0; turns < 20; turns += 1) {
        await desk.catchUp.now();
        const { count } = await keep(now);
        const sent = await send();
        arrived.push(...sent);
        if (count === 0 && sent.length === 0) return arrived;
      }
      throw new Error("it never comes to rest");
    },
    async open(id, place = CHANNEL) {
      await base.line(`discuss ${id}`, { place, address: place });
      await rig.settle();
      return { ...place, thread: `m.${(await rig.discussion(id, place)).parent}` };
    },
    async discussion(id, place = CHANNEL) {
      const found = (await store.discussions({ place })).find(({ commitmentId }) => commitmentId === id);
      if (found === undefined) throw new Error(`no discussion of ${id}`);
      return found;
    },
    async dump() {
      const folder = await mkdtemp(join(tmpdir(), "qushi-threads-"));
      try {
        await store.backup(join(folder, "dump.db"));
        return await readFile(join(folder, "dump.db"));
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    goTo(minutes) {
      now = LATER(minutes);
    },
  };
  return rig;
}

/** A line as somebody sends it in a thread, by mention. */
export function inThread(rig: BotRig, address: Address, actor: Person = WANG) {
  return (line: string, how: Parameters<BotRig["line"]>[1] = {}) =>
    rig.line(line, { place: { ...address, thread: null }, address, actor, ...how });
}
