import { z } from "zod";
import type { Address } from "../core/place.ts";
import { actSchema, daySchema } from "./act-schema.ts";
import { jsonOf } from "./json.ts";
import { addressSchema } from "./rule-schema.ts";
import type { LedgerEntry } from "./store.ts";

const entry = z.object({
  seq: z.number(),
  id: z.string(),
  commitment_id: z.string(),
  type: z.string(),
  actor_key: z.string(),
  at: z.number(),
  effective_on: daySchema,
  data: z.string(),
  address: z.string(),
  message: z.string().nullable(),
});
const structure = jsonOf(z.unknown());
const address = jsonOf(addressSchema);

/**
 * Rows of the ledger as entries. All of it is read at each start: few places are read once each, and columns are turned
 * into values after their check, which is far slower with transforms in it.
 */
export function readEntries(rows: readonly unknown[]): readonly LedgerEntry[] {
  const places = new Map<string, Address>();
  const placeOf = (text: string): Address => {
    const known = places.get(text) ?? address.parse(text);
    places.set(text, known);
    return known;
  };
  return rows.map((row) => {
    const read = entry.parse(row);
    const act = actSchema.parse({ type: read.type, data: structure.parse(read.data) });
    return {
      seq: read.seq,
      id: read.id,
      commitmentId: read.commitment_id,
      actorKey: read.actor_key,
      at: new Date(read.at),
      effectiveOn: read.effective_on,
      from: { address: placeOf(read.address), message: read.message },
      ...act,
    };
  });
}
