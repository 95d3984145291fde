import type { Delivery, DeliveryState, OutboxRow, Store } from "./store.ts";

/** Inbound ids are kept at least this long; platforms deliver again for up to seven hours. */
const ACCEPTED_MS = 12 * 3_600_000;
/** Settled deliveries and claimed slots that are kept to be looked at. */
const KEPT = 1_000;

interface Row {
  readonly delivery: Delivery;
  state: DeliveryState;
  attempts: number;
  firstTriedAt: Date | null;
  claimed: boolean;
}

/** A store that forgets when the process ends. */
export function createMemoryStore(): Store {
  const accepted = new Map<string, number>();
  const slots = new Set<string>();
  const rows = new Map<string, Row>();

  const parentOf = (row: Row): Row | null =>
    row.delivery.parentKey === null ? null : (rows.get(row.delivery.parentKey) ?? null);
  const isReady = (row: Row): boolean => {
    if (row.claimed || row.state.state !== "waiting") return false;
    return row.delivery.parentKey === null || parentOf(row)?.state.state === "sent";
  };
  /** A child goes into the thread of the message its parent became. */
  const placed = (row: Row): Delivery => {
    const parent = parentOf(row);
    if (parent?.state.state !== "sent") return row.delivery;
    const { address, id } = parent.state.ref;
    return { ...row.delivery, to: { ...address, thread: address.thread ?? id } };
  };
  const view = (row: Row): OutboxRow => ({
    delivery: placed(row),
    state: row.state,
    attempts: row.attempts,
    firstTriedAt: row.firstTriedAt,
  });

  return {
    accept(inboundId, at) {
      for (const [id, since] of accepted) {
        if (at.getTime() - since <= ACCEPTED_MS) break;
        accepted.delete(id);
      }
      if (accepted.has(inboundId)) return Promise.resolve(false);
      accepted.set(inboundId, at.getTime());
      return Promise.resolve(true);
    },
    claimSlot(slot, _at, deliveries) {
      if (slots.has(slot)) return Promise.resolve(false);
      slots.add(slot);
      for (const delivery of deliveries) {
        const state: DeliveryState = { state: "waiting", dueAt: delivery.dueAt, reason: null };
        rows.set(delivery.key, { delivery, state, attempts: 0, firstTriedAt: null, claimed: false });
      }
      trim(slots, rows);
      return Promise.resolve(true);
    },
    claimDeliveries(now, limit) {
      const due = [...rows.values()]
        .filter((row) => isReady(row) && row.state.state === "waiting" && row.state.dueAt <= now)
        .slice(0, limit);
      for (const row of due) {
        row.claimed = true;
        row.attempts += 1;
        row.firstTriedAt ??= now;
      }
      return Promise.resolve(due.map(view));
    },
    settle(key, state) {
      const row = rows.get(key);
      if (row === undefined) return Promise.resolve();
      row.state = state;
      row.claimed = false;
      if (state.state === "failed" || state.state === "unconfirmed") {
        for (const child of rows.values()) {
          if (child.delivery.parentKey === key)
            child.state = { state: "failed", reason: `parent ${state.state}` };
        }
      }
      return Promise.resolve();
    },
    nextDueAt() {
      const times = [...rows.values()]
        .filter(isReady)
        .map((row) => (row.state.state === "waiting" ? row.state.dueAt.getTime() : Infinity));
      return Promise.resolve(times.length === 0 ? null : new Date(Math.min(...times)));
    },
    outbox: () => Promise.resolve([...rows.values()].map(view)),
  };
}

/** Keeps the maps from growing for ever: the oldest slots and settled deliveries go first. */
function trim(slots: Set<string>, rows: Map<string, Row>): void {
  for (const slot of slots) {
    if (slots.size <= KEPT) break;
    slots.delete(slot);
  }
  for (const [key, row] of rows) {
    if (rows.size <= KEPT) break;
    if (row.state.state !== "waiting") rows.delete(key);
  }
}
