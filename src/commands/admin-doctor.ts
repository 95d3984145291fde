import { z } from "zod";
import { StoreError } from "../store/store.ts";
import type { Condition } from "../views/condition.ts";
import { doctorView } from "../views/doctor.ts";
import { command, type Shelf } from "./command.ts";

/** How Qushi is, as far as it knows without asking anybody but its store: for admins who have no shell. */
export const adminDoctor = command({
  name: "admin doctor",
  aliases: { zh: ["管理 体检"], en: ["doctor"] },
  summary: {
    zh: "体检：连接、权限、待发箱、班次、存储、数据集、时钟",
    en: "how Qushi is: connections, scopes, outbox, schedule, store, dataset, clock",
  },
  usage: { zh: "管理 体检", en: "admin doctor" },
  examples: { zh: ["管理 体检"], en: ["admin doctor"] },
  reads: "nothing",
  options: [],
  role: "admin",
  effect: "none",
  args: z.object({}),
  async answer({ book, vitals, library, shelf, program, now, zone, lang }) {
    const stored = await lookInto(shelf);
    const { dataset, ledger } = book;
    const running =
      vitals === null
        ? null
        : { startedAt: vitals.startedAt, tickedAt: vitals.tickedAt(), chats: vitals.chats() };
    const read = { id: dataset.id, version: dataset.version, readAt: library.readAt };
    const message = doctorView({
      program,
      running,
      dataset: read,
      read: ledger.seq,
      stored,
      now,
      zone,
      lang,
    });
    return { message, forAskerAlone: true };
  },
});

/** A store that is away is the finding, no reason to say nothing. */
async function lookInto(shelf: Shelf): Promise<Condition["stored"]> {
  try {
    const [store, rules] = await Promise.all([shelf.inventory(), shelf.subscriptions("all")]);
    return { store, rules };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { away: error.message, fix: error.fix };
  }
}
