import { join } from "node:path";
import type { Running } from "../main.ts";
import { HERE } from "./ask.ts";
import { printed } from "./printed.ts";
import { serveSocket } from "./socket.ts";

/** Lets the command line of this machine's user ask the Qushi that runs, through qushi.sock in `dir`. */
export async function serveAsking(
  running: Running,
  dir: string,
  clock: () => Date,
): Promise<{ close(): Promise<void> }> {
  return serveSocket(
    join(dir, "qushi.sock"),
    async ({ line, id, dry, lang, ...paper }) => {
      const actor = { platform: "terminal", workspace: null, id: "terminal" } as const;
      const asking = { line, actor, place: HERE, at: clock(), role: null, lang };
      const answered = await running.ask(asking, { id, dry });
      if (answered === null) return { out: "", err: "", exit: 0, taken: true };
      return { ...(await printed(answered, paper)), taken: false };
    },
    (file) => running.backup(file),
  );
}
