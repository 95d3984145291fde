import { posix } from "node:path";
import { computedImports, importsOf, linesMatching, onlyPassesOn, type Import } from "./source-scan.ts";

/** A file of src/, its path from the repository's root with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Something the house does not allow, with the reason. */
export interface Breach {
  readonly where: string;
  readonly what: string;
  readonly why: string;
}

const WORDS = ["core", "message"];
const PORT = [...WORDS, "platform", "log"];
/** Who may import whom: HOUSE's arrows, read from the right. A name stands for itself and every file below it. */
const ARROWS: Readonly<
  Record<string, { readonly may: readonly string[] | "everything"; readonly why: string }>
> = {
  core: { may: [], why: "core is what is true about commitments; it knows nothing of the rest" },
  message: { may: ["core"], why: "a message is plain data; it knows nothing of who says it or where" },
  platform: {
    may: [...WORDS, "log"],
    why: "the port is what bot and delivery share with adapters; it knows neither",
  },
  "adapters/terminal": { may: PORT, why: "an adapter knows the port alone; main hands it what it shows" },
  "adapters/slack": { may: PORT, why: "an adapter knows the port alone; main hands it what it shows" },
  "adapters/feishu": { may: PORT, why: "an adapter knows the port alone; main hands it what it shows" },
  "adapters/web": { may: PORT, why: "an adapter knows the port alone; main hands it what it shows" },
  "adapters/webhook": { may: PORT, why: "an adapter knows the port alone; main hands it what it shows" },
  views: { may: WORDS, why: "views turn facts into messages; they ask nobody" },
  commands: {
    may: [...WORDS, "views", "store/store.ts"],
    why: "a verb computes and records; what it needs besides arrives in ctx",
  },
  bot: {
    may: [...PORT, "views", "commands", "store/store.ts"],
    why: "the one door joins platform and commands, nothing else",
  },
  "store/store.ts": { may: WORDS, why: "the store's interface is in the program's own words" },
  store: {
    may: [...WORDS, "store/store.ts", "log"],
    why: "the SQL behind the interface serves everyone and asks nobody",
  },
  schedule: {
    may: [...WORDS, "views", "store/store.ts", "delivery/outbox.ts", "log"],
    why: "the schedule fills the outbox; delivery sends it",
  },
  delivery: {
    may: [...PORT, "views", "store/store.ts"],
    why: "delivery sends what stands in the outbox, whoever put it there",
  },
  dataset: { may: ["core"], why: "the dataset loads facts for core; nothing else is its business" },
  http: { may: [], why: "the server carries what main hands it" },
  log: { may: [], why: "the log must not pull anything in" },
  config: { may: ["core", "log"], why: "configuration is read before anything else exists" },
  main: { may: "everything", why: "" },
  cli: { may: "everything", why: "" },
};
/** Parts that only some may import, whatever the arrows say. */
const ONLY_FOR: readonly { readonly unit: string; readonly by: readonly string[]; readonly why: string }[] = [
  {
    unit: "config",
    by: ["main", "cli", "config"],
    why: "parts are handed their settings, so that they can be tested without an environment",
  },
  { unit: "main", by: ["cli", "main"], why: "main is where everything meets; nobody needs it from below" },
  { unit: "cli", by: ["cli"], why: "the command line is the outermost part" },
];

/** Where a package may be imported. `values: false`: types and import() only. */
const PACKAGES: readonly {
  readonly name: RegExp;
  readonly in: readonly string[];
  readonly values: boolean;
  readonly why: string;
}[] = [
  {
    name: /^@slack\//,
    in: ["adapters/slack"],
    values: true,
    why: "only the Slack adapter knows Slack's SDK",
  },
  {
    name: /^@larksuiteoapi\//,
    in: ["adapters/feishu"],
    values: false,
    why: "Feishu's SDK takes 101 MB and 309 ms: it is loaded by import(), when configured",
  },
  {
    name: /^node-cron$/,
    in: ["main"],
    values: true,
    why: "the timer ticks; when things are due is ours to say",
  },
  {
    name: /^(?:pg|node:sqlite)$/,
    in: ["store/sqlite.ts", "store/postgres.ts"],
    values: true,
    why: "database drivers stay behind the store",
  },
];
/** Parts that are pure: the packages they may use, and nothing of Node's. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  core: ["chinese-days", "fraction.js", "minisearch", "pinyin-pro"],
  message: ["string-width"],
  views: [],
  commands: ["zod"],
};
const LONGEST_FILE = 250;

/** The part of the house a file or a module path belongs to: "core", "adapters/slack", "store/store.ts", "main". */
export function unitOf(path: string): string {
  const inside = path.replace(/^src\//, "");
  // The types of the outbox are a part of the interface.
  if (inside === "store/store.ts" || inside === "store/outbox.ts") return "store/store.ts";
  const [first = "", second = ""] = inside.split("/");
  if (first === "adapters") return `adapters/${second.replace(/\.ts$/, "")}`;
  return first.replace(/\.ts$/, "");
}

/** The repository path that an import of a file means; null for a package. */
export function target(file: string, from: string): string | null {
  return from.startsWith(".") ? posix.normalize(posix.join(posix.dirname(file), from)) : null;
}

/** Breaches of the arrows: which part imports which. */
export function checkArrows(files: readonly SourceFile[]): Breach[] {
  return eachImport(files, (file, { from, line }) => {
    const to = target(file.path, from);
    const where = `${file.path}:${line}`;
    if (to === null)
      return from.startsWith("/") || from.startsWith("file:")
        ? { where, what: `imports ${from}`, why: "a path of this machine is none on another" }
        : null;
    if (!to.startsWith("src/"))
      return { where, what: `imports ${to}`, why: "the program must run without its tests and tools" };
    if (!to.endsWith(".ts"))
      return { where, what: `imports ${to}`, why: "Node runs TypeScript by its full file name" };
    const unit = unitOf(file.path);
    const other = unitOf(to);
    const restricted = ONLY_FOR.find((rule) => rule.unit === other && !rule.by.includes(unit));
    if (restricted !== undefined) return { where, what: `${unit} imports ${other}`, why: restricted.why };
    const rule = ARROWS[unit];
    if (rule === undefined)
      return {
        where,
        what: `${unit} is no part of the house`,
        why: "a new part needs its place among the arrows first",
      };
    const allowed =
      rule.may === "everything" ||
      unit === other ||
      rule.may.some((name) => name === other || to === `src/${name}`);
    return allowed ? null : { where, what: `${unit} imports ${to.replace(/^src\//, "")}`, why: rule.why };
  });
}

/** Breaches of where packages may be used. */
export function checkPackages(files: readonly SourceFile[]): Breach[] {
  return eachImport(files, (file, { from, kind, line }) => {
    if (target(file.path, from) !== null) return null;
    const unit = unitOf(file.path);
    const where = `${file.path}:${line}`;
    const rule = PACKAGES.find(({ name }) => name.test(from));
    if (rule !== undefined) {
      const home = rule.in.some((name) => name === unit || file.path === `src/${name}`);
      if (!home) return { where, what: `imports ${from}`, why: rule.why };
      if (!rule.values && kind === "value") return { where, what: `loads ${from} at once`, why: rule.why };
    }
    const pure = PURE[unit];
    if (pure === undefined || pure.includes(from)) return null;
    return { where, what: `${unit} imports ${from}`, why: `${unit} is pure: no input or output, no clock` };
  });
}

/** Breaches of what is read where: the environment and the clock. */
export function checkReads(files: readonly SourceFile[]): Breach[] {
  const breaches: Breach[] = [];
  const look = (file: SourceFile, pattern: RegExp, what: string, why: string): void => {
    for (const line of linesMatching(file.text, pattern))
      breaches.push({ where: `${file.path}:${line}`, what, why });
  };
  for (const file of files) {
    if (file.path !== "src/config.ts") {
      const why = "the environment is read in src/config.ts, which names all its faults at once";
      look(
        file,
        /\bprocess\s*(?:\?\.|\.)\s*env\b|\bprocess\s*\[|\{[^{}]*\benv\b[^{}]*\}\s*(?:=\s*process\b|from\s*["'])/,
        "reads the environment",
        why,
      );
    }
    if (file.path !== "src/main.ts" && file.path !== "src/cli.ts") {
      const why = "a clock is passed on, so that tests and the year's simulation set it";
      look(
        file,
        /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|(?=[;,)\s]*$|[;,)]))|(?<!\bnew\s+)(?<![.\w$])Date\s*\(\s*\)/m,
        "reads the clock",
        why,
      );
    }
    for (const line of computedImports(file.text)) {
      breaches.push({
        where: `${file.path}:${line}`,
        what: "imports a computed name",
        why: "what imports what must be readable",
      });
    }
  }
  return breaches;
}

/** Error codes of Slack and of Feishu, by their looks. */
const CODES =
  /is_archived|not_in_channel|(?:channel|user|message|thread)_not_found|user_disabled|restricted_action|missing_scope|\b(?:23\d{4}|9999\d{4})\b/;

/** Breaches of who knows a platform's own codes. */
export function checkCodes(files: readonly SourceFile[]): Breach[] {
  return files
    .filter(({ path }) => !path.startsWith("src/adapters/"))
    .flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, at) => {
        const code = CODES.exec(line)?.[0];
        return code === undefined || /^\s*(?:\/\/|\/?\*)/.test(line)
          ? []
          : [
              {
                where: `${path}:${at + 1}`,
                what: `knows ${code}`,
                why: "an adapter says in Qushi's words what its platform's codes mean (core/refusal.ts)",
              },
            ];
      }),
    );
}

/** Breaches of how files are cut. */
export function checkShape(files: readonly SourceFile[]): Breach[] {
  return files.flatMap(({ path, text }) => {
    const breaches: Breach[] = [];
    const lines = text.replace(/\n$/, "").split("\n").length;
    if (lines > LONGEST_FILE)
      breaches.push({
        where: path,
        what: `has ${lines} lines`,
        why: `a file of more than ${LONGEST_FILE} has more than one reason to change`,
      });
    if (onlyPassesOn(text) || linesMatching(text, /\bexport\s*\*/).length > 0) {
      breaches.push({
        where: path,
        what: "only passes on what others export",
        why: "a barrel hides where things are and loads what nobody asked for",
      });
    }
    return breaches;
  });
}

/** Cycles between files, and between folders of src/. */
export function checkCycles(files: readonly SourceFile[]): Breach[] {
  const known = new Set(files.map(({ path }) => path));
  const byFile = new Map<string, Set<string>>();
  const byFolder = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    for (const { from } of importsOf(text)) {
      const to = target(path, from);
      if (to === null || !known.has(to)) continue;
      add(byFile, path, to);
      const [folder, other] = [
        unitOf(path).replace("store/store.ts", "store"),
        unitOf(to).replace("store/store.ts", "store"),
      ];
      if (folder !== other) add(byFolder, folder, other);
    }
  }
  const breach =
    (why: string) =>
    (cycle: readonly string[]): Breach => ({
      where: cycle[0] ?? "",
      what: `cycle ${cycle.join(" → ")}`,
      why,
    });
  return [
    ...cyclesOf(byFile).map(
      breach("files that need each other are one file, or lack a third one below them"),
    ),
    ...cyclesOf(byFolder).map(breach("parts that need each other cannot be understood one at a time")),
  ];
}

/** One cycle for every edge that closes one on a walk in the order of the names, first node repeated at the end. */
function cyclesOf(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const walk = (node: string, path: readonly string[]): void => {
    const at = path.indexOf(node);
    if (at >= 0) return void cycles.push([...path.slice(at), node]);
    if (done.has(node)) return;
    for (const next of [...(edges.get(node) ?? [])].toSorted()) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of [...edges.keys()].toSorted()) walk(node, []);
  return cycles;
}

function add(edges: Map<string, Set<string>>, from: string, to: string): void {
  edges.set(from, (edges.get(from) ?? new Set()).add(to));
}

function eachImport(
  files: readonly SourceFile[],
  check: (file: SourceFile, found: Import) => Breach | null,
): Breach[] {
  return files.flatMap((file) => importsOf(file.text).flatMap((found) => check(file, found) ?? []));
}
