import { StoreError, type Change, type Store } from "../store/store.ts";

/** How often a change is made anew because somebody else changed one of its rules meanwhile. */
const TRIES = 3;

/**
 * Writes a change of the program's own accord, made anew where a rule in it was changed meanwhile; null: there is nothing
 * to write. Resolves with whether it was written now. Rejects with StoreError.
 */
export async function committed(
  store: Pick<Store, "commit">,
  make: () => Promise<Change | null>,
): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const change = await make();
    if (change === null) return false;
    const written = await store.commit(change);
    if (written.done) return true;
    if (written.because !== "changed_before") return false;
  }
  throw new StoreError(
    "busy",
    "rules of a place were changed meanwhile",
    "The platform delivers the event again.",
  );
}
