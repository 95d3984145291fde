/**
 * A process that records whole acts until it is killed, and says each only once it is acknowledged: an entry with its
 * acceptance, its audit row and its public line, by somebody new each time. Options as JSON.
 */
import { z } from "zod";
import { openStore } from "./store-open.ts";
import { MONDAY, OWNER, channel, delivery, entry } from "./store-samples.ts";

const options = z
  .union([z.object({ url: z.string() }), z.object({ file: z.string() })])
  .parse(JSON.parse(process.argv[2] ?? ""));
const store = await openStore(options);
for (let at = 0; ; at += 1) {
  const id = `${process.pid}-${at}`;
  const actor = { ...OWNER, id: `U${id}` };
  await store.commit({
    at: MONDAY,
    accept: id,
    ledger: [{ ...entry(id), actorKey: await store.personKey(actor) }],
    audit: [{ at: MONDAY, actor, where: channel("C1"), what: "note", outcome: "done", detail: id }],
    deliveries: [delivery(id)],
  });
  process.stdout.write(`${id}\n`);
}
