/**
 * The program of a week in a process of its own, before fakes that run elsewhere. Its argument is a WeekSetting in JSON.
 * Each line on stdin, "tick MS", "pump MS" or "clock MS", sets its clock and is answered with "done" once that is done;
 * "ready" comes first. It ends when stdin ends.
 */
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import { z } from "zod";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Change, Store } from "../../src/store/store.ts";
import { lanting } from "./books.ts";
import { walk } from "./running.ts";
import { ADMINS } from "./week-script.ts";

const setting = z.object({
  file: z.string(),
  now: z.number(),
  slack: z.object({ botToken: z.string(), receive: z.object({ appToken: z.string() }), apiUrl: z.string() }),
  feishu: z.object({
    appId: z.string(),
    appSecret: z.string(),
    receive: z.literal("ws"),
    domain: z.string(),
  }),
  /** Kills itself as a power cut would, at its so manieth commit: before anything is written, or before anybody hears of it. */
  dies: z.object({ commit: z.number(), when: z.enum(["before", "after"]) }).nullable(),
});
export type WeekSetting = z.infer<typeof setting>;

const { file, now, slack, feishu, dies } = setting.parse(JSON.parse(process.argv[2] ?? ""));
let time = now;
let commits = 0;
const opened = await openSqlite({ file });
const cut = (when: "before" | "after"): void => {
  if (dies?.commit !== commits || dies.when !== when) return;
  flushCompileCache();
  process.kill(process.pid, "SIGKILL");
};
const store: Store = {
  ...opened,
  async commit(change: Change) {
    commits += 1;
    cut("before");
    const committed = await opened.commit(change);
    cut("after");
    return committed;
  },
};
const clock = (): Date => new Date(time);
const { running } = await walk({ dataset: lanting, slack, feishu, admins: ADMINS, store, clock });
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const [what, at] = line.split(" ");
  time = Number(at);
  if (what === "tick") await running.tick(clock());
  if (what === "pump") await running.pump();
  process.stdout.write("done\n");
}
await running.stop();
flushCompileCache();
process.exit(0);
