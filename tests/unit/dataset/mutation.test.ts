import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { survivors } from "./survivors.ts";
import { articleFile, fixture } from "./scratch.ts";

/** Every figure in `npm run test:long`, every eighth in `npm test`. */
const STEP = process.env["QUSHI_LONG"] === "1" ? 1 : 8;

test.each([
  { id: "ballycastle-2025", articles: ["ballycastle"], least: 200 },
  { id: "lanting-2026", articles: ["lanting", "lanting-computing", "lanting-spring"], least: 400 },
])(
  "any single figure of $id that is changed is told by its line",
  { timeout: 60_000 },
  async ({ id, articles, least }) => {
    const texts = await Promise.all(articles.map((name) => readFile(articleFile(name), "utf8")));
    const { tried, missed } = await survivors(fixture(id), texts, STEP);
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(least);
  },
);
