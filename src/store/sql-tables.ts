import type { Generated, Kysely } from "kysely";

/** The tables as both engines have them: times are ms since the epoch, structures are JSON as text. */
export interface Tables {
  migrations: { number: number; name: string };
  counters: { name: string; value: number };
  inbox: { id: string; at: number };
  slots: { key: string; at: number };
  subscriptions: {
    seq: Generated<number>;
    id: string;
    place: string;
    owner: string;
    created_at: number;
    next_at: number | null;
    /** A rule that has ended stays, so that nobody who read it before writes it back. */
    ended_at: number | null;
    /** Counts the writes, so that a copy read before another write is not written over it. */
    revision: number;
    rule: string;
  };
  settings: { place: string; settings: string };
  snapshots: {
    seq: Generated<number>;
    subscription_id: string;
    key: string | null;
    /** 1 once the digest has arrived. */
    told: number;
    snapshot: string;
  };
  ledger: {
    seq: number;
    id: string;
    commitment_id: string;
    type: string;
    actor_key: string;
    at: number;
    effective_on: string;
    data: string;
    address: string;
    message: string | null;
  };
  audit: {
    seq: Generated<number>;
    at: number;
    /** A key into `people`, also where the address is a person's. */
    actor_key: string | null;
    address: string | null;
    what: string;
    outcome: string;
    detail: string;
  };
  /** Everybody who ever acted; a row is never removed. */
  people: {
    seq: Generated<number>;
    key: string;
    /** The key that stands for the person since accounts were linked; mostly its own. */
    now: string;
    forgotten_at: number | null;
  };
  /** The only rows that say who somebody is. */
  accounts: {
    seq: Generated<number>;
    /** As `formatPerson` writes it. */
    account: string;
    /** The key that stands for the person now. */
    key: string;
    person: string;
  };
  grants: {
    seq: Generated<number>;
    person_key: string;
    role: string;
    /** Empty for all districts, so that it counts for uniqueness. */
    district: string;
    granted_by: string;
    at: number;
  };
  dataset_seen: { id: string; version: string; items: string; at: number };
  deliveries: {
    seq: Generated<number>;
    key: string;
    lane: string;
    address: string;
    message: string;
    edits_key: string | null;
    parent_key: string | null;
    subscription_id: string | null;
    planned_at: number;
    due_at: number;
    state: string;
    /** 1 when nothing that it waits for is still on its way. */
    ready: number;
    /** 1 when its subscription ended while it was being sent: it is not tried again. */
    ended: number;
    attempts: number;
    first_tried_at: number | null;
    plain: number;
    reason: string | null;
    ref: string | null;
    settled_at: number | null;
    lease: string | null;
    lease_until: number | null;
    /** The place and id of the message that it became, as one text to be found by. */
    arrived: string | null;
  };
  discussions: {
    seq: Generated<number>;
    name: string;
    commitment_id: string;
    place: string;
    parent_key: string;
    face_key: string;
    revision: number;
    discussion: string;
  };
  /** How much each person wrote in a discussion on a day. */
  replies: {
    seq: Generated<number>;
    discussion: string;
    person_key: string;
    day: string;
    count: number;
    last_at: number;
  };
  offers: { seq: Generated<number>; id: string; at: number; offer: string };
  /** One lane per place, and one (without `all_lane`) for all places of a workspace together. */
  lanes: {
    name: string;
    platform: string;
    all_lane: string | null;
    /** When a claim could next find something in it; never too late. */
    next_at: number | null;
    paused_until: number;
    /** When its budgets next allow a send. */
    free_at: number;
    /** What was sent lately, one list per budget. */
    marks: string;
  };
}
export type TableName = keyof Tables;

export type EngineKind = "sqlite" | "postgres";

/** A transaction under way, and on which engine: SQLite has no row locks and needs none. */
export interface Sql {
  readonly db: Kysely<Tables>;
  readonly kind: EngineKind;
}
