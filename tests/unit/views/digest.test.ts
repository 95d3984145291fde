import { expect, test } from "vitest";
import { composeDigest } from "../../../src/core/digest.ts";
import { renderText } from "../../../src/message/text.ts";
import { digestView } from "../../../src/views/digest.ts";
import { MONDAY, shenzhenBook } from "../../support/books.ts";

test("the digest of a rule that selects nothing any more has no labels without their figures", () => {
  const filter = [{ key: "text", negated: false, values: ["nowhere"] }] as const;
  const digest = composeDigest(shenzhenBook, filter, "2026-11-30");
  const { parent } = digestView(digest, shenzhenBook, MONDAY, "Asia/Shanghai", "en");
  const text = renderText(parent, { columns: 80, colour: false });
  expect(text).toContain("0 commitments · 0 districts\n");
  expect(text).not.toMatch(/^(?:Pace|Sources?):/mu);
  expect(parent.summary).toBe("Weekly digest · text:nowhere — 0 commitments · 0 districts");
});
