import { describe, expect, test, vi } from "vitest";
import { qushi } from "../support/command-line.ts";

// Each command is a process of its own; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

describe.each([
  [
    "export",
    ["export", "district:guangming", "as:csv", "--now", "2026-11-30", "--lang", "en"],
    "district:Guangming",
  ],
  ["ask", ["ask", "导出 区:光明 格式:csv", "--now", "2026-11-30"], "区:光明"],
] as const)("qushi %s", (_, args, rule) => {
  test("prints the raw file for a spreadsheet, and nothing beside it", async () => {
    const { code, out, err } = await qushi(args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.startsWith("\uFEFFid,type,district,")).toBe(true);
    expect(out.endsWith("\r\n")).toBe(true);
    const [head = "", ...rows] = out.trimEnd().split("\r\n");
    expect(head.endsWith(",dataset,version,as_of,rule")).toBe(true);
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      expect(row).toMatch(/^GM-/u);
      expect(row).toMatch(new RegExp(`,shenzhen-2026,[^,]+,2026-11-30,${rule}$`, "u"));
    }
  });
});

test("as a message for a chat that takes no files, a long file names the way to get it", async () => {
  const { code, out } = await qushi(["ask", "export as:csv", "--format", "slack"]);
  expect(code).toBe(0);
  expect(out).toContain("> shenzhen-2026-");
  expect(out).toMatch(/shenzhen-2026-\d{4}-\d{2}-\d{2}\.csv/u);
  expect(out).not.toContain("\uFEFF");
});
