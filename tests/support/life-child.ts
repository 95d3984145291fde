/**
 * A process that plays the life of a commitment from its beginning, each line with the same inbound id as ever, and is
 * killed at one of them. Its argument is a LifeSetting in JSON; it prints "begin N" before each line and "end N" once
 * the line is answered.
 */
import { flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { loadDataset } from "../../src/dataset/load.ts";
import type { Change, Store } from "../../src/store/store.ts";
import { askDoor } from "./life-doors-ask.ts";
import { LIFE } from "./life-story.ts";

const setting = z.object({
  store: z.union([z.object({ url: z.string() }), z.object({ file: z.string() })]),
  lang: z.enum(["zh", "en"]),
  /** Kills itself as a power cut would, at the commit of a line: before anything is written, or before anybody hears of it. */
  dies: z.object({ step: z.number(), when: z.enum(["before", "after"]) }).nullable(),
});
export type LifeSetting = z.infer<typeof setting>;

const { store: options, lang, dies } = setting.parse(JSON.parse(process.argv[2] ?? ""));
// One engine is loaded and not the other: most of a short life is the start.
const opened =
  "url" in options
    ? await (await import("../../src/store/postgres.ts")).openPostgres(options)
    : await (await import("../../src/store/sqlite.ts")).openSqlite(options);
let step = 0;
const cut = (when: "before" | "after"): void => {
  if (dies?.step !== step || dies.when !== when) return;
  flushCompileCache();
  process.kill(process.pid, "SIGKILL");
};
const store: Store = {
  ...opened,
  async commit(change: Change) {
    cut("before");
    const committed = await opened.commit(change);
    cut("after");
    return committed;
  },
};
const folder = fileURLToPath(new URL("../../tests/fixtures/datasets/lanting-2026", import.meta.url));
const { dataset } = await loadDataset(folder);
if (dataset === null) throw new Error(folder);
const door = askDoor(store, dataset);
for (const { who, line } of LIFE) {
  process.stdout.write(`begin ${step}\n`);
  await door.say(who, line(door.named)[lang], step);
  process.stdout.write(`end ${step}\n`);
  step += 1;
}
flushCompileCache();
await door.close();
