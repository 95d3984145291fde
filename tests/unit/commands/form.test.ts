import { expect, test } from "vitest";
import { recorder } from "../../support/recorder.ts";

test("a form records what its line would", async () => {
  const { say, entries } = await recorder();
  const line = "reading LT-004 8.2 EFLOPS as-of:2026-06-30 source:https://x.example/a level:E3";
  const values = {
    id: "lt4",
    value: "8.2 EFLOPS",
    "as-of": "6月30日",
    source: "https://x.example/a",
    level: "e3",
    done: "",
  };
  await say("Wang:tracker", line);
  await say("Wang:tracker", { verb: "reading", values });
  const [typed, filled] = entries("LT-004");
  expect(filled?.data).toEqual(typed?.data);
  await say("Wang:tracker", { verb: "note", values: { id: "LT-004", text: "level:E3 “x" } });
  expect(entries("LT-004").at(-1)).toMatchObject({ type: "note", data: { text: "level:E3 “x" } });
  await say("Wang:tracker", { verb: "undo", values: { id: "LT-004", number: "#3" } });
  expect(entries("LT-004").at(-1)?.type).toBe("undo");
});

test.each([
  [
    { verb: "reading", values: { id: "LT-004", value: "1e999", source: "x", level: "E3" } },
    "unreadable_figure",
  ],
  [{ verb: "reading", values: { id: "LT-999", value: "8" } }, "unknown_id"],
  [{ verb: "reading", values: { value: "8" } }, "missing_id"],
  [{ verb: "reading", values: { id: "LT-004", value: "8", source: "x", level: "E7" } }, "unknown_value"],
  [{ verb: "reading", values: { id: "LT-004", colour: "red" } }, "option_not_here"],
  [{ verb: "evidence", values: { id: "LT-004", link: "ftp://x.example", level: "E3" } }, "bad_link"],
  [{ verb: "rate", values: { id: "LT-004", rating: "wonderful", reason: "x" } }, "unknown_value"],
  [{ verb: "note", values: { id: "LT-004", text: "x".repeat(2_001) } }, "text_too_long"],
])("%j is refused as %s", async (submitted, problem) => {
  const { say, store } = await recorder();
  expect((await say("Wang:tracker", submitted)).problem).toBe(problem);
  expect(await store.ledger(0, 10)).toEqual([]);
});
