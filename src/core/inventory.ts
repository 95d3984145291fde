/** What the store holds, in numbers. */
export interface Inventory {
  readonly engine: "sqlite" | "postgres";
  /** What it takes on the disk, as far as the engine tells. */
  readonly bytes: number;
  /** The last position of the ledger; 0 where it is empty. */
  readonly seq: number;
  /** Deliveries that are not settled, or not settled well. */
  readonly outbox: Readonly<Record<"waiting" | "sending" | "unconfirmed" | "failed", number>>;
  /** Since when the first of those that wait for nothing but their turn could have gone; null where none waits. */
  readonly firstDueAt: Date | null;
}
