/** A process that writes entries until it is killed, and says each only once it is acknowledged. Options as JSON. */
import { z } from "zod";
import { openStore } from "./store-open.ts";
import { MONDAY, entry } from "./store-samples.ts";

const options = z
  .union([z.object({ url: z.string() }), z.object({ file: z.string() })])
  .parse(JSON.parse(process.argv[2] ?? ""));
const store = await openStore(options);
for (let at = 0; ; at += 1) {
  const id = `${process.pid}-${at}`;
  await store.commit({ at: MONDAY, accept: id, ledger: [entry(id)] });
  process.stdout.write(`${id}\n`);
}
