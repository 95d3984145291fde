import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { LAUNCHER, emptyFolder, qushi } from "../support/command-line.ts";

// Each command is a process of its own; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

test("without credentials, lines in are answers out, in their order", async () => {
  const { code, out, err } = await qushi(["start"], { input: "光明 算力\n\nshow GM-001\nhlep\n" });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const at = ["GM-002 光明", "above 19 EFLOPS", "help"].map((text) => out.indexOf(text));
  expect(at.every((position) => position >= 0)).toBe(true);
  expect(at.toSorted((a, b) => a - b)).toEqual(at);
  expect(out).not.toContain("\u001b");
});

test("one line is answered, in any form, and the exit code says how it went", async () => {
  const card = await qushi(["ask", "gm1", "--lang", "en"]);
  expect(card).toMatchObject({ code: 0, err: "" });
  expect(card.out).toContain("above 19 EFLOPS");
  expect((await qushi(["ask", "list", "-check:acts", "--format", "json"])).out).toContain("-check:acts");
  const wrong = await qushi(["ask", "区:南三"]);
  expect(wrong.code).toBe(2);
  expect(wrong.out).toContain("南山");
  expect(await qushi(["ask", "hlep"])).toMatchObject({ code: 0 });
  const slack = await qushi(["ask", "gm1", "--format", "slack"]);
  expect(
    z.object({ text: z.string(), blocks: z.array(z.unknown()) }).safeParse(JSON.parse(slack.out)).success,
  ).toBe(true);
  const feishu = await qushi(["ask", "gm1", "--format", "feishu"]);
  expect(z.object({ schema: z.literal("2.0") }).safeParse(JSON.parse(feishu.out)).success).toBe(true);
});

test("the export is the whole dataset, with values in the printed unit", async () => {
  const { code, out } = await qushi(["export"]);
  expect(code).toBe(0);
  const exported = z
    .object({
      dataset: z.literal("shenzhen-2026"),
      version: z.string(),
      asOf: z.string(),
      rule: z.literal(""),
      commitments: z.array(
        z.looseObject({
          id: z.string(),
          target: z.looseObject({ original: z.string() }).nullable(),
          district: z.object({ code: z.string(), zh: z.string(), en: z.string() }),
        }),
      ),
      facts: z.array(z.looseObject({ id: z.string() })),
    })
    .parse(JSON.parse(out));
  expect(exported.commitments).toHaveLength(44);
  expect(exported.facts).toHaveLength(16);
  const target = (id: string) => exported.commitments.find((each) => each.id === id)?.target;
  expect(target("NS-001")).toMatchObject({ op: ">", value: 1830, unit: "亿元" });
  expect(target("GM-007")).toMatchObject({ op: "range", min: 2, max: 4, unit: "家" });
});

test("the digest is printed with its replies and sends nothing", async () => {
  const { code, out } = await qushi(["digest", "--lang", "en", "--now", "2026-11-30T09:07:00+08:00"]);
  expect(code).toBe(0);
  expect(out).toContain("44 commitments · 11 districts");
  expect(out).toContain("Mon 30 Nov 2026, 09:07");
  expect(out.match(/— in the thread \d\/2 —/g)).toHaveLength(2);
  expect(await qushi(["digest", "区:南三"])).toMatchObject({ code: 2 });
});

test("what the command line cannot do is told with the next step, never with a stack", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, "empty"));
  mkdirSync(join(folder, "broken"));
  writeFileSync(join(folder, "broken", "dataset.yaml"), "title: { zh: [\n");
  const wrong: readonly (readonly [readonly string[], Record<string, string>, number, RegExp])[] = [
    [["askk", "x"], {}, 2, /Did you mean ask/],
    [["ask"], {}, 2, /For example/],
    [["ask", "gm1", "--lang", "fr"], {}, 2, /zh or en/],
    [["manifest", "teams"], {}, 2, /manifest slack/],
    [["check", "shenzen-2026"], {}, 2, /shenzhen-2026/],
    [["check", "--article", join(folder, "empty")], {}, 2, /empty/],
    [["ask", "gm1"], { QUSHI_DATASET: "shenzen-2026" }, 3, /Did you mean shenzhen-2026/],
    [["ask", "gm1"], { QUSHI_DATASET: join(folder, "broken") }, 3, /dataset\.yaml:\d+/],
    [
      ["start"],
      { QUSHI_DIGEST_TO: "slack:nowhere", SLACK_BOT_TOKEN: "xoxb-1-secret", FEISHU_APP_ID: "cli_1" },
      3,
      /FEISHU_APP_ID(.|\n)*SLACK_APP_TOKEN(.|\n)*FEISHU_APP_SECRET(.|\n)*QUSHI_DIGEST_TO/,
    ],
  ];
  const ends = await Promise.all(wrong.map(([args, env]) => qushi(args, { env })));
  for (const [at, { code, err }] of ends.entries()) {
    const [args, , exit, words] = wrong[at] ?? [[], {}, 0, /x/];
    expect({ args, code }).toEqual({ args, code: exit });
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n\s+at |secret/);
  }
});

test("a pipe that is closed early ends it quietly", async () => {
  const child = spawn("sh", ["-c", `"${process.execPath}" "${LAUNCHER}" export | head -c 10`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  await new Promise((resolve) => child.on("close", resolve));
  expect(out).toHaveLength(10);
  expect(err).toBe("");
});

test("a platform that nobody answers for is tried again, and SIGTERM ends it", async () => {
  const env = {
    SLACK_BOT_TOKEN: "xoxb-wrong-token",
    SLACK_APP_TOKEN: "xapp-wrong-token",
    // Nothing listens there, which may pass.
    SLACK_API_URL: "http://127.0.0.1:9/api/",
  };
  const child = spawn(process.execPath, [LAUNCHER, "start"], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    cwd: emptyFolder(),
  });
  let err = "";
  await new Promise<void>((resolve) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
      if (err.includes("not reachable yet")) resolve();
    });
  });
  child.kill("SIGTERM");
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(0);
  expect(err).not.toContain("wrong-token");
});
