import { claim } from "./sql-claim.ts";
import { plainOf, write } from "./sql-commit.ts";
import * as threads from "./sql-discussions.ts";
import { look, single, transaction, Undone, type Engine } from "./sql-engine.ts";
import { insertAll } from "./sql-insert.ts";
import { inventory } from "./sql-inventory.ts";
import { keyOf, keysOf } from "./sql-keys.ts";
import { refreshLanesAfter } from "./sql-lanes.ts";
import * as people from "./sql-people-read.ts";
import { pruneBatch } from "./sql-prune.ts";
import * as queries from "./sql-queries.ts";
import { decide, settle } from "./sql-settle.ts";
import { StoreError, type Store } from "./store.ts";

/** The store on an engine that is open and migrated. */
export function sqlStore(engine: Engine): Store {
  let lastClaim = Infinity;
  let closed = false;
  const open = (): Engine => {
    if (closed) throw new StoreError("unusable", "the store is closed", "start Qushi again");
    return engine;
  };
  return {
    async commit(change) {
      try {
        const plain = plainOf(change);
        if (plain === null) await transaction(open(), (sql) => write(sql, change));
        else await single(open(), (sql) => insertAll(sql, plain));
        return { done: true };
      } catch (error) {
        if (!(error instanceof Undone) || error.because === "not_held") throw error;
        return { done: false, because: error.because };
      }
    },
    newSubscriptionId: async () =>
      transaction(open(), async ({ db }) => {
        const { value } = await db
          .updateTable("counters")
          .set((eb) => ({ value: eb("value", "+", 1) }))
          .where("name", "=", "subscription")
          .returning("value")
          .executeTakeFirstOrThrow();
        return `S-${value}`;
      }),
    subscription: async (id) => look(open(), (db) => queries.subscription(db, id)),
    subscriptions: async (of) => look(open(), (db) => queries.subscriptions(db, of)),
    dueSubscriptions: async (now, limit) => look(open(), (db) => queries.dueSubscriptions(db, now, limit)),
    settings: async (place) => look(open(), (db) => queries.settings(db, place)),
    snapshot: async (id) => look(open(), (db) => queries.snapshot(db, id)),
    async claim(request) {
      const now = request.now.getTime();
      // Only times of a clock that was ahead are in doubt; the first claim of a process cannot know.
      const doubt = now < lastClaim;
      const rows = await transaction(open(), async (sql) => {
        if (doubt) await refreshLanesAfter(sql, now);
        return claim(sql, request);
      });
      lastClaim = now;
      return rows;
    },
    settle: (key, lease, outcome, change) =>
      whether(async () => transaction(open(), (sql) => settle(sql, key, lease, outcome, change))),
    nextClaimAt: async (now) => look(open(), (db) => queries.nextClaimAt(db, now)),
    delivery: async (key) => look(open(), (db) => queries.delivery(db, key)),
    outbox: async (of) => look(open(), (db) => queries.outbox(db, of)),
    inventory: async () => look(open(), (db) => inventory(db, engine.kind)),
    decide: (key, decision, change) =>
      whether(async () => transaction(open(), (sql) => decide(sql, key, decision, change))),
    ledger: async (afterSeq, limit) => look(open(), (db) => queries.ledger(db, afterSeq, limit)),
    audit: async (limit) => look(open(), (db) => people.audit(db, limit)),
    async personKey(person) {
      const known = await look(open(), (db) => people.knownKey(db, person));
      return known ?? transaction(open(), async (sql) => keyOf(person, await keysOf(sql, [person])));
    },
    person: async (key) => look(open(), (db) => people.person(db, key)),
    grants: async () => look(open(), (db) => people.grants(db)),
    discussions: async (of) => look(open(), (db) => threads.discussions(db, of)),
    thread: async (place, id) => look(open(), (db) => threads.thread(db, place, id)),
    talk: async (place, since) => look(open(), (db) => threads.talk(db, place, since)),
    offer: async (id) => look(open(), (db) => threads.offer(db, id)),
    seenDataset: async () => look(open(), (db) => queries.seenDataset(db)),
    async prune(now) {
      for (let gone = 0; ;) {
        const batch = await transaction(open(), (sql) => pruneBatch(sql, now.getTime()));
        if (batch === 0) return gone;
        gone += batch;
      }
    },
    backup: async (file) => open().backup(file),
    async close() {
      if (closed) return;
      closed = true;
      await engine.close();
    },
  };
}

/** Whether the work was done; not, where it was undone. */
async function whether(work: () => Promise<true>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    if (error.because !== "changed_before") return false;
    // Whoever settles reads the rule again for the next try, as for every store that is busy.
    throw new StoreError(
      "busy",
      "a rule was changed by somebody else meanwhile",
      "it is tried again with the rule as it stands now",
    );
  }
}
