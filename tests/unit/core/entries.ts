import type { Act, EvidenceLevel, ReadValue } from "../../../src/core/act.ts";
import type { Commitment } from "../../../src/core/commitment.ts";
import type { Proposable } from "../../../src/core/rating-rules.ts";
import { createLedger, type CommitmentRecord, type Entry } from "../../../src/core/record.ts";
import { lanting } from "../../support/books.ts";

/** A commitment of the invented city, changed where a test needs another one. */
export function commitment(id: string, edit: Partial<Commitment> = {}): Commitment {
  const found = lanting.commitments.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return { ...found, ...edit };
}

/** An act of a day, by somebody, in its place in the ledger. */
export function entry(
  seq: number,
  act: Act,
  rest: Partial<Pick<Entry, "id" | "commitmentId" | "actorKey" | "effectiveOn">> = {},
): Entry {
  const day = rest.effectiveOn ?? "2026-07-01";
  const address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null } as const;
  return {
    seq,
    id: `e${seq}`,
    commitmentId: "LT-004",
    actorKey: "P-1",
    at: new Date(`${day}T02:00:00Z`),
    effectiveOn: day,
    from: { address, message: null },
    ...rest,
    ...act,
  };
}

/** An act in the next place, or an entry that is given whole. */
export type Recorded = Act | Entry;

/** A record of these acts in this order; an entry of another day or id is given whole. */
export function recordOf(...acts: readonly Recorded[]): CommitmentRecord {
  const entries = acts.map((act, at) => ("seq" in act ? act : entry(at + 1, act)));
  const ledger = createLedger();
  ledger.apply(entries);
  return ledger.of("LT-004");
}

export function reading(value: ReadValue, asOf: string, level: EvidenceLevel = "E3"): Act {
  return { type: "reading", data: { value, original: "", asOf, source: null, level, late: false } };
}

export function eflops(value: number): ReadValue {
  return { op: "=", value, unit: "EFLOPS" };
}

export function evidence(level: EvidenceLevel, url = "https://a.example/1"): Act {
  return { type: "evidence", data: { url, level, note: null } };
}

export function searched(text = "nothing new"): Act {
  return { type: "note", data: { text, nothingNew: true } };
}

/** A verdict that stands: proposed and approved. */
export function verdict(rating: Proposable, seq = 90, effectiveOn = "2026-07-01"): readonly [Entry, Entry] {
  const proposed = { type: "rating_proposed", data: { rating, reason: "why" } } as const;
  const approved = { type: "rating_approved", data: { proposal: `e${seq}`, single: false } } as const;
  return [entry(seq, proposed, { effectiveOn }), entry(seq + 1, approved, { effectiveOn, actorKey: "P-2" })];
}
