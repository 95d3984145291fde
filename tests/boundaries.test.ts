import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  checkArrows,
  checkCodes,
  checkCycles,
  checkPackages,
  checkReads,
  checkShape,
  type Breach,
  type SourceFile,
} from "./support/house-rules.ts";
import { blank, computedImports, importsOf } from "./support/source-scan.ts";

const ROOT = fileURLToPath(new URL("../src/", import.meta.url));
const SOURCES: readonly SourceFile[] = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"))
  .toSorted()
  .map((name) => ({ path: `src/${name}`, text: readFileSync(`${ROOT}${name}`, "utf8") }));

function lines(breaches: readonly Breach[]): string[] {
  return breaches.map(({ where, what, why }) => `${where} ${what}: ${why}`);
}

describe("the house keeps its rules", () => {
  test("there is something to check", () => {
    expect(SOURCES.map(({ path }) => path)).toContain("src/message/message.ts");
  });
  test("who imports whom", () => expect(lines(checkArrows(SOURCES))).toEqual([]));
  test("where packages are used", () => expect(lines(checkPackages(SOURCES))).toEqual([]));
  test("where the environment and the clock are read", () => expect(lines(checkReads(SOURCES))).toEqual([]));
  test("who knows a platform's codes", () => expect(lines(checkCodes(SOURCES))).toEqual([]));
  test("how files are cut", () => expect(lines(checkShape(SOURCES))).toEqual([]));
  test("no cycles", () => expect(lines(checkCycles(SOURCES))).toEqual([]));
});

/** What a check says of invented files. */
function said(
  check: (files: readonly SourceFile[]) => Breach[],
  files: Readonly<Record<string, string>>,
): string[] {
  return check(Object.entries(files).map(([path, text]) => ({ path: `src/${path}`, text }))).map(
    ({ what }) => what,
  );
}

describe("the check of arrows", () => {
  test.each([
    ["core/a.ts", "../message/message.ts", "core imports message/message.ts"],
    ["message/a.ts", "../platform/platform.ts", "message imports platform/platform.ts"],
    ["views/a.ts", "../commands/show.ts", "views imports commands/show.ts"],
    ["views/a.ts", "../log.ts", "views imports log.ts"],
    ["commands/a.ts", "../bot/answer.ts", "commands imports bot/answer.ts"],
    ["commands/a.ts", "../platform/platform.ts", "commands imports platform/platform.ts"],
    ["commands/a.ts", "../store/sqlite.ts", "commands imports store/sqlite.ts"],
    ["bot/a.ts", "../delivery/outbox.ts", "bot imports delivery/outbox.ts"],
    ["bot/a.ts", "../config.ts", "bot imports config"],
    ["bot/a.ts", "../config/variables.ts", "bot imports config"],
    ["schedule/a.ts", "../delivery/worker.ts", "schedule imports delivery/worker.ts"],
    ["schedule/a.ts", "../platform/platform.ts", "schedule imports platform/platform.ts"],
    ["delivery/a.ts", "../schedule/tick.ts", "delivery imports schedule/tick.ts"],
    ["adapters/slack/a.ts", "../feishu/card.ts", "adapters/slack imports adapters/feishu/card.ts"],
    ["adapters/slack/a.ts", "../../bot/handle.ts", "adapters/slack imports bot/handle.ts"],
    ["adapters/slack/a.ts", "../../views/card.ts", "adapters/slack imports views/card.ts"],
    ["platform/a.ts", "../adapters/slack/index.ts", "platform imports adapters/slack/index.ts"],
    ["store/sqlite.ts", "../commands/show.ts", "store imports commands/show.ts"],
    ["store/store.ts", "./sqlite.ts", "store/store.ts imports store/sqlite.ts"],
    ["dataset/a.ts", "../views/card.ts", "dataset imports views/card.ts"],
    ["log.ts", "./core/lang.ts", "log imports core/lang.ts"],
    ["http/a.ts", "../log.ts", "http imports log.ts"],
    ["bot/a.ts", "../main.ts", "bot imports main"],
    ["main.ts", "./cli.ts", "main imports cli"],
    ["core/a.ts", "../../tests/support/x.ts", "imports tests/support/x.ts"],
    ["core/a.ts", "./b", "imports src/core/b"],
    ["core/a.ts", "/srv/x.ts", "imports /srv/x.ts"],
    ["somewhere/a.ts", "../core/lang.ts", "somewhere is no part of the house"],
  ])("refuses that %s imports %s", (path, from, what) => {
    expect(said(checkArrows, { [path]: `import { a } from "${from}";` })).toEqual([what]);
    expect(said(checkArrows, { [path]: `import type { A } from "${from}";` })).toEqual([what]);
    expect(said(checkArrows, { [path]: `const a = await import('${from}');` })).toEqual([what]);
    expect(said(checkArrows, { [path]: `let a: import("${from}").A;` })).toEqual([what]);
    expect(said(checkArrows, { [path]: `export {\n  a,\n} from "${from}";` })).toEqual([what]);
    expect(said(checkArrows, { [path]: `import "${from}";` })).toEqual([what]);
  });

  test.each([
    ["message/a.ts", "../core/lang.ts"],
    ["platform/a.ts", "../message/message.ts"],
    ["adapters/slack/a.ts", "../../platform/platform.ts"],
    ["adapters/slack/a.ts", "./limits.ts"],
    ["adapters/slack/a.ts", "../../log.ts"],
    ["commands/a.ts", "../views/card.ts"],
    ["commands/a.ts", "../store/store.ts"],
    ["bot/a.ts", "../platform/platform.ts"],
    ["schedule/a.ts", "../delivery/outbox.ts"],
    ["store/sqlite.ts", "./store.ts"],
    ["store/sqlite.ts", "./dialect.ts"],
    ["cli.ts", "./main.ts"],
    ["cli/ask.ts", "../config.ts"],
    ["main.ts", "./adapters/slack/index.ts"],
    ["config.ts", "./config/variables.ts"],
  ])("allows that %s imports %s", (path, from) => {
    expect(said(checkArrows, { [path]: `import { a } from "${from}";` })).toEqual([]);
  });
});

test("the check of packages knows where each may be, and how it may be loaded", () => {
  const slack = 'import { App } from "@slack/bolt";';
  const feishu = "@larksuiteoapi/node-sdk";
  expect(said(checkPackages, { "adapters/slack/a.ts": slack, "bot/a.ts": slack })).toEqual([
    "imports @slack/bolt",
  ]);
  expect(said(checkPackages, { "main.ts": `import type { App } from "@slack/bolt";` })).toEqual([
    "imports @slack/bolt",
  ]);
  expect(said(checkPackages, { "adapters/feishu/a.ts": `import { Client } from "${feishu}";` })).toEqual([
    `loads ${feishu} at once`,
  ]);
  expect(said(checkPackages, { "adapters/feishu/a.ts": `import { type Client } from "${feishu}";` })).toEqual(
    [`loads ${feishu} at once`],
  );
  expect(
    said(checkPackages, {
      "adapters/feishu/a.ts": `import type { Client } from "${feishu}";\nawait import("${feishu}");`,
    }),
  ).toEqual([]);
  expect(said(checkPackages, { "main.ts": `await import("${feishu}");` })).toEqual([`imports ${feishu}`]);
  const cron = 'import { schedule } from "node-cron";';
  expect(
    said(checkPackages, {
      "main.ts": cron,
      "schedule/tick.ts": cron,
      "bot/a.ts": cron,
    }),
  ).toEqual(["imports node-cron", "imports node-cron"]);
  expect(
    said(checkPackages, {
      "core/a.ts": 'import Fraction from "fraction.js";\nimport { readFileSync } from "node:fs";',
    }),
  ).toEqual(["core imports node:fs"]);
  expect(
    said(checkPackages, {
      "store/sqlite.ts": 'import "node:sqlite";',
      "store/a.ts": 'import "node:sqlite";',
    }),
  ).toEqual(["imports node:sqlite"]);
});

test("the check of reads finds the environment and the clock, and nothing in comments or strings", () => {
  const env = [
    "process.env.A",
    "process . env",
    'process["env"]',
    "const { env } = process;",
    'import { env } from "node:process";',
    "process?.env",
  ];
  for (const text of env) {
    expect(said(checkReads, { "bot/a.ts": text }), text).toEqual(["reads the environment"]);
    expect(said(checkReads, { "config.ts": text }), text).toEqual([]);
  }
  const clock = [
    "Date.now()",
    "new Date()",
    "new Date( )",
    "const now = Date.now;",
    "const at = new Date;",
    "Date()",
    "`${new Date()}`",
  ];
  for (const text of clock) {
    expect(said(checkReads, { "bot/a.ts": text }), text).toEqual(["reads the clock"]);
    expect(said(checkReads, { "main.ts": text, "cli.ts": text }), text).toEqual([]);
  }
  const fine = [
    "new Date(at)",
    "Date.parse(x)",
    "// process.env and new Date()",
    '"process.env"',
    "`Date.now()`",
    "/process.env/",
    "/* Date.now() */",
    "isDate()",
    "x.env",
  ];
  for (const text of fine) expect(said(checkReads, { "bot/a.ts": text }), text).toEqual([]);
  expect(said(checkReads, { "main.ts": "await import(name)" })).toEqual(["imports a computed name"]);
});

test("the check of codes finds those of Slack and Feishu outside their adapters, and none in comments", () => {
  const text =
    "if (/\\bis_archived\\b/.test(reason)) return; // or\n/** channel_not_found */\nconst a = 230002;";
  expect(said(checkCodes, { "views/a.ts": text, "adapters/slack/a.ts": text })).toEqual([
    "knows is_archived",
    "knows 230002",
  ]);
});

test("the check of shape finds barrels and long files", () => {
  const barrel = "only passes on what others export";
  expect(
    said(checkShape, {
      "a.ts": '// all of it\nexport { a } from "./b.ts";\nexport type { C } from "./c.ts";',
    }),
  ).toEqual([barrel]);
  expect(said(checkShape, { "a.ts": 'import { a } from "./b.ts";\nexport { a };' })).toEqual([barrel]);
  expect(said(checkShape, { "a.ts": 'export * from "./b.ts";\nexport const c = 1;' })).toEqual([barrel]);
  expect(said(checkShape, { "a.ts": 'import { a } from "./b.ts";\nexport const c = a;' })).toEqual([]);
  expect(said(checkShape, { "a.ts": 'import { run } from "./main.ts";\nawait run();' })).toEqual([]);
  expect(said(checkShape, { "a.ts": "x;\n".repeat(250), "b.ts": "x;\n".repeat(251) })).toEqual([
    "has 251 lines",
  ]);
});

test("the check of cycles finds them between files and between folders", () => {
  const to = (path: string): string => `import type { A } from "${path}";\n`;
  const files = { "core/a.ts": to("./b.ts"), "core/b.ts": to("./c.ts"), "core/c.ts": to("./a.ts") };
  expect(said(checkCycles, files)).toEqual([
    "cycle src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts",
  ]);
  const folders = {
    "bot/a.ts": to("../views/x.ts"),
    "bot/b.ts": "",
    "views/x.ts": "",
    "views/y.ts": to("../bot/b.ts"),
  };
  expect(said(checkCycles, folders)).toEqual(["cycle bot → views → bot"]);
  expect(
    said(checkCycles, {
      "core/a.ts": to("./b.ts") + to("./c.ts"),
      "core/b.ts": to("./c.ts"),
      "core/c.ts": "",
    }),
  ).toEqual([]);
});

describe("the scan", () => {
  test("tells imports from words that look like them", () => {
    const text = [
      'import a from "./value.ts";',
      'import type { B } from "./type.ts";',
      'import { type C } from "./inline.ts";',
      "import {\n  d,\n} from './lines.ts';",
      'export { e } from "./passed-on.ts";',
      'const f = await import("./later.ts");',
      'type G = typeof import("./shape.ts");',
      '// import x from "./comment.ts";',
      'const h = "import x from \\"./string.ts\\"";',
      'const i = `${"import y from"} "./template.ts" ${await import("./inside.ts")}`;',
      'const j = text.replace(/["\']from "/g, "");',
      'const type = array.from("./call.ts");',
      'import k from "./last.ts";',
    ].join("\n");
    expect(
      importsOf(text).map(({ from, kind, passedOn }) => `${from} ${kind}${passedOn ? " on" : ""}`),
    ).toEqual([
      "./value.ts value",
      "./type.ts type",
      "./inline.ts value",
      "./lines.ts value",
      "./passed-on.ts value on",
      "./later.ts dynamic",
      "./shape.ts dynamic",
      "./inside.ts dynamic",
      "./last.ts value",
    ]);
    expect(importsOf(text).at(-1)?.line).toBe(text.split("\n").length);
  });

  test("keeps every position while it blanks", () => {
    for (const { text } of SOURCES) {
      expect(blank(text)).toHaveLength(text.length);
      expect(blank(text).split("\n")).toHaveLength(text.split("\n").length);
    }
  });

  test("is not misled by slashes, quotes and braces in one another", () => {
    const kept = (text: string): string => blank(text).replaceAll(/\s+/g, " ").trim();
    expect(kept('a = b / c; d = /"/.test(e) / f; // g')).toBe("a = b / c; d = / /.test(e) / f;");
    expect(kept("a = `x${ { b: `y${c}z` }.b }w`; d")).toBe("a = ` ${ { b: ` ${c} ` }.b } `; d");
    expect(kept("return /[/'\"]/.exec(a) ?? 'b\\'c' + d")).toBe("return / /.exec(a) ?? ' ' + d");
    expect(kept("/* a ' */ b")).toBe("b");
  });

  test("finds names of modules that are computed", () => {
    expect(
      computedImports('import("./a.ts"); import(b); require(`./${c}`); x.import(d); import.meta.url'),
    ).toEqual([1, 1]);
  });
});
