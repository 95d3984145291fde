import type { Day } from "./day.ts";
import type { EventKind } from "./events.ts";
import type { Filter } from "./filter.ts";
import type { Lang } from "./lang.ts";
import type { Address, Person } from "./place.ts";
import type { EmptyRule, MissedRule, Schedule, WorkdayRule } from "./schedule.ts";
import type { Light, Pace, Rating, Standing } from "./vocabulary.ts";

/** A rule (filter, what, when) with a destination and an owner. */
export interface Subscription {
  /** Speakable and never reused: S-3. */
  readonly id: string;
  /** A digest of everything the filter selects, or reminders of its due dates. */
  readonly kind: "digest" | "reminders";
  /** Without a thread; a person for a personal subscription. */
  readonly to: Address;
  readonly owner: Person;
  readonly filter: Filter;
  readonly schedule: Schedule;
  readonly zone: string;
  readonly workday: WorkdayRule;
  readonly missed: MissedRule;
  readonly empty: EmptyRule;
  /** For reminders: days before a due date, longest first; none: due dates are not reminded of. */
  readonly before: readonly number[];
  /** For reminders: the events that are told too, each as it is recorded; of a person together once a day. */
  readonly events: readonly EventKind[];
  /** The ledger's position up to which events were told or passed over in silence; none before the first. */
  readonly toldSeq?: number;
  /** null: what the place is set to, else the program's. */
  readonly lang: Lang | null;
  /** Why it does not run at present; null while it does. */
  readonly paused: string | null;
  /** Silent until this day, which speaks again, or until a reading comes in that was recorded after an instant. */
  readonly muted: { readonly until: Day } | { readonly dataAfter: Date } | null;
  readonly createdAt: Date;
  /** Its next slot; null while it is paused. */
  readonly nextAt: Date | null;
  /** How often it was written, where it was read from the store: a copy that is written back fits only on that one. */
  readonly revision?: number;
}

/** What a channel or a person has set for itself; null falls to the program's. */
export interface Settings {
  readonly lang: Lang | null;
  readonly zone: string | null;
  readonly echo: "none" | "final" | "all" | null;
  /** Wall-clock times between which nothing is sent: it waits, it is never dropped. */
  readonly quiet: { readonly from: string; readonly to: string } | null;
  readonly empty: EmptyRule | null;
  readonly missed: MissedRule | null;
}

export const NO_SETTINGS: Settings = {
  lang: null,
  zone: null,
  echo: null,
  quiet: null,
  empty: null,
  missed: null,
};

/** How one commitment stood when a digest told of it. */
export interface SnapshotItem {
  readonly standing: Standing;
  readonly pace: Pace;
  readonly light: Light;
  readonly late: boolean;
  readonly due: Day | null;
  /** The target as the dataset has it, in canonical text; a changed one is an event. */
  readonly target: string | null;
  /** The current reading in canonical text; left out, as what follows, where there is none. */
  readonly reading?: string;
  /** The verdict that stood, and the id of the entry that approved it. */
  readonly rating?: { readonly rating: Rating; readonly approval: string };
  /** How many pieces of evidence there were. */
  readonly evidence?: number;
  /** Ids of the disputes that were open. */
  readonly disputes?: readonly string[];
  /** The day of the event that its period starts with. */
  readonly started?: Day;
}

/** What a digest told a place, so that the next one tells what changed since. */
export interface Snapshot {
  readonly takenAt: Date;
  /** The dataset's version. */
  readonly version: string;
  readonly items: Readonly<Record<string, SnapshotItem>>;
  /** The last ledger entry it took in. */
  readonly ledgerSeq: number;
  /** What it was compared with itself, so that it can be told anew with the same changes; none for a first one. */
  readonly base?: Basis;
}

/** What a digest is compared with. */
export interface Basis {
  readonly takenAt: Date;
  readonly items: Readonly<Record<string, SnapshotItem>>;
}
