/**
 * What the start of Qushi for Slack is spent on, step by step in one process, as main.ts takes them; after them the
 * search index, which the first search or a quiet moment makes. `node bench/slack-start.ts DATASET STORE` prints
 * milliseconds as JSON; bench/slack-http.ts joins it first, as the program is.
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
const [folder = "", file = ":memory:"] = process.argv.slice(2);
const { dataset } = await loadDataset(folder);
step("reading and checking the dataset");
const { openSqlite } = await import("../src/store/sqlite.ts");
const store = await openSqlite({ file });
step("opening the store, migrations included");
if (dataset !== null) {
  const { createBook } = await import("../src/core/book.ts");
  const book = createBook(dataset);
  step("the book");
  book.search.find("");
}
step("not before it is needed: the search index");
await store.close();
process.stdout.write(JSON.stringify(steps));
