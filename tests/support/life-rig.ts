import { onTestFinished } from "vitest";
import type { Answer } from "../../src/bot/answer.ts";
import { createDesk } from "../../src/bot/desk.ts";
import { perform } from "../../src/bot/perform.ts";
import { createBook } from "../../src/core/book.ts";
import type { Address } from "../../src/core/place.ts";
import type { Role } from "../../src/core/roles.ts";
import { renderText } from "../../src/message/text.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { LedgerEntry, Store } from "../../src/store/store.ts";
import { lanting } from "./books.ts";
import { START } from "./life-story.ts";

export interface Said {
  readonly role?: Role;
  readonly by?: string;
  readonly at?: Date;
  readonly id?: string;
}

/** The invented city with a record that lines are said to, by a tracker at START unless it is said otherwise. */
export interface LifeRig {
  readonly store: Store;
  /** Resolves with null where this inbound was taken before. */
  say(line: string, said?: Said): Promise<Answer | null>;
  ledger(): Promise<readonly LedgerEntry[]>;
}

const PLACE: Address = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null };

export async function lifeRig(on?: Store): Promise<LifeRig> {
  const store = on ?? (await openSqlite({ file: ":memory:" }));
  if (on === undefined) onTestFinished(() => store.close());
  const settings = { lang: null, zone: null, admins: [], program: "0.0.0" };
  const desk = createDesk(createBook(lanting), store, settings);
  let count = 0;
  return {
    store,
    async say(line, { role = "tracker", by = "UWANG", at = START, id } = {}) {
      count += 1;
      const actor = { platform: "slack", workspace: "T1", id: by } as const;
      const asking = { line, actor, place: PLACE, at, role, lang: null };
      const door = { id: id ?? `said-${count}`, isRedelivered: true, isPrivate: false };
      const answered = await perform(desk, store, asking, door);
      if (answered !== null && answered.failure !== null) throw new Error(answered.failure);
      return answered;
    },
    ledger: () => store.ledger(0, 1_000),
  };
}

/** What an answer says, as one text. */
export function textOf(answered: Answer | null): string {
  if (answered === null) return "";
  return renderText(answered.message, { columns: 1_000, colour: false });
}
