/**
 * What the start of Qushi for Slack is spent on, step by step in one process, as main.ts takes them:
 * `node bench/slack-start.ts` prints milliseconds as JSON.
 */
const began = performance.now();
const steps: Record<string, number> = { "node itself": Math.round(began) };
let last = began;
const step = (name: string): void => {
  const now = performance.now();
  steps[name] = Math.round(now - last);
  last = now;
};

const { loadDataset } = await import("../src/dataset/load.ts");
await import("../src/main.ts");
step("our own modules");
await import("../src/adapters/slack/index.ts");
step("the Slack adapter with Bolt");
const { dataset } = await loadDataset(new URL("../data/shenzhen-2026", import.meta.url).pathname);
step("reading and checking the dataset");
const { openSqlite } = await import("../src/store/sqlite.ts");
const [file = ":memory:"] = process.argv.slice(2);
const store = await openSqlite({ file });
step("opening the store, migrations included");
if (dataset !== null) {
  const { createBook } = await import("../src/core/book.ts");
  createBook(dataset).search.find("");
}
step("names and the search index");
await store.close();
process.stdout.write(JSON.stringify(steps));
