import type { Finding } from "../core/finding.ts";
import type { Inventory } from "../core/inventory.ts";
import type { Lang } from "../core/lang.ts";
import type { PlatformName } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";

/** A chat as the running program knows it; `detail` is the adapter's own words for the operator, in English. */
export interface ChatState {
  readonly name: PlatformName;
  readonly state: "stopped" | "connecting" | "connected" | "reconnecting" | "failed";
  readonly detail: string | null;
  /** What was not granted there, with its fix. */
  readonly lacks: readonly Finding[];
}

/** Everything that the doctor looks at. */
export interface Condition {
  readonly program: string;
  /** null: asked at the command line of a Qushi that does not run. */
  readonly running: {
    readonly startedAt: Date;
    readonly tickedAt: Date | null;
    readonly chats: readonly ChatState[];
  } | null;
  readonly dataset: { readonly id: string; readonly version: string; readonly readAt: Date | null };
  /** The ledger's position that answers come from. */
  readonly read: number;
  readonly stored:
    | { readonly store: Inventory; readonly rules: readonly Subscription[] }
    /** The store does not answer: what it says, and the operator's next step. */
    | { readonly away: string; readonly fix: string };
  readonly now: Date;
  readonly zone: string;
  readonly lang: Lang;
}
