/**
 * `/qushi …` over signed HTTP, one core each, in turns in one run: (a) bare node:http that checks the signature and
 * answers a constant, (b) a bare Bolt app that acknowledges with a constant of the same size, (c) Qushi as started, with
 * its store on disk. What counts is the ratio to (b): requests a second, the 99th percentile, and from the start of the
 * process to its first answer. `node bench/slack-http.ts` runs it alone, in about a minute.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startFakeSlack, type FakeSlack } from "../tests/support/fake-slack.ts";
import { build, joined, QUSHI } from "../tests/support/joined.ts";
import { middle, say, shippedDataset } from "./measure.ts";
import { askOnce, load, type Load, type Target } from "./slack-http-load.ts";

const SHOW = "show GM-001";

interface Row {
  readonly name: string;
  readonly lines: readonly string[];
  /** Requests a second and the 99th percentile against bare Bolt; null: shown without an aim. */
  readonly aim: { readonly rate: number; readonly p99: number | null } | null;
}

/** One question again and again, one of many in turn, and two long answers. */
const rowsOf = (ids: readonly string[]): readonly Row[] => [
  { name: SHOW, lines: [SHOW], aim: { rate: 0.8, p99: 1.3 } },
  { name: `show of ${ids.length} in turn`, lines: ids.map((id) => `show ${id}`), aim: null },
  { name: "list", lines: ["list"], aim: { rate: 0.6, p99: null } },
  { name: "board", lines: ["board"], aim: { rate: 0.6, p99: null } },
];
const START_AIM = 2;
const CONCURRENCY = 64;
/** Milliseconds. */
const WARM = 1_500;
const ROUND = 2_000;
const ROUNDS = 5;
const STARTS = 5;
const START_LIMIT = 30_000;

const PINNED = spawnSync("taskset", ["-V"]).status === 0;
const SERVER_CORE = "0";
const LOAD_CORE = "1";

interface Server {
  readonly name: "bare" | "bolt" | "qushi";
  readonly target: (...lines: readonly string[]) => Target;
  readonly child: ChildProcess;
  /** From its start to its first answer, in milliseconds. */
  readonly ready: number;
}

/** A round, and how long the server's processor was busy for each request, in microseconds; 0 where that cannot be read. */
interface Round extends Load {
  readonly cpu: number;
}

/** Linux counts in hundredths of a second. */
const TICK_US = 10_000;

/** Microseconds of processor time that a process has used: user and system, proc(5). */
async function busy({ child }: Server): Promise<number> {
  const stat = await readFile(`/proc/${child.pid ?? 0}/stat`, "utf8").catch(() => "");
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user + system) * TICK_US;
}

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Runs a script on the servers' core and waits for its first answer. */
async function startServer(
  name: Server["name"],
  args: (port: number) => readonly string[],
  secret: string,
  around: { readonly env: (port: number) => NodeJS.ProcessEnv; readonly folder: string },
): Promise<Server> {
  const port = await freePort();
  const command = [process.execPath, "--disable-warning=ExperimentalWarning", ...args(port)];
  const [program = "", ...rest] = PINNED ? ["taskset", "-c", SERVER_CORE, ...command] : command;
  const target = (...lines: readonly string[]): Target => ({ port, path: "/slack/events", secret, lines });
  // What was compiled once is kept for all three alike, as Qushi keeps it by itself.
  const env = { ...process.env, ...around.env(port), NODE_COMPILE_CACHE: join(around.folder, "compiled") };
  const from = performance.now();
  const child = spawn(program, rest, { stdio: ["ignore", "ignore", "inherit"], env });
  while ((await askOnce(target(SHOW))) === null) {
    if (child.exitCode !== null || performance.now() - from > START_LIMIT)
      throw new Error(`${name} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { name, target, child, ready: performance.now() - from };
}

async function end({ child }: Server): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

/** How each of them is started. */
function starters(slack: FakeSlack, sizes: Readonly<Record<string, number>>, folder: string) {
  const { receive, apiUrl, botToken } = slack.httpCredentials;
  const { signingSecret: secret } = receive;
  const none = { env: () => ({}), folder };
  let runs = 0;
  return {
    bare: () =>
      startServer("bare", (port) => [path("slack-http-bare.ts"), String(port), secret], secret, none),
    bolt: () =>
      startServer(
        "bolt",
        (port) => [path("slack-http-bolt.ts"), String(port), secret, apiUrl, JSON.stringify(sizes)],
        secret,
        none,
      ),
    qushi: () => {
      runs += 1;
      const dir = join(folder, `var-${runs}`);
      const env = (port: number): NodeJS.ProcessEnv => ({
        SLACK_BOT_TOKEN: botToken,
        SLACK_SIGNING_SECRET: secret,
        SLACK_API_URL: apiUrl,
        QUSHI_DIR: dir,
        HOST: "127.0.0.1",
        PORT: String(port),
        LOG_LEVEL: "error",
      });
      return startServer("qushi", () => [QUSHI, "start"], secret, { env, folder });
    },
  };
}

/** Prints the figures. */
export async function run(): Promise<void> {
  build();
  const folder = await mkdtemp(join(tmpdir(), "qushi-bench-"));
  const slack = await startFakeSlack();
  if (PINNED) spawnSync("taskset", ["-a", "-c", "-p", LOAD_CORE, String(process.pid)]);
  try {
    const rows = rowsOf((await shippedDataset()).commitments.map(({ id }) => id));
    const sizes = await sizesOf(rows, starters(slack, {}, folder).qushi);
    const start = starters(slack, sizes, folder);
    say(`/qushi over signed HTTP, ${CONCURRENCY} at once, ${PINNED ? "one core each" : "cores not pinned"}`);
    await measureLoad(rows, start, sizes);
    await measureStart(start);
    explainStart(folder);
  } finally {
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes of Qushi's answer to each line. */
async function sizesOf(
  rows: readonly Row[],
  start: () => Promise<Server>,
): Promise<Readonly<Record<string, number>>> {
  const server = await start();
  const sizes: Record<string, number> = {};
  for (const line of new Set(rows.flatMap(({ lines }) => lines))) {
    const body = (await askOnce(server.target(line))) ?? "";
    if (!body.includes('"header"')) throw new Error(`${line}: ${body.slice(0, 200)}`);
    sizes[line] = Buffer.byteLength(body);
  }
  await end(server);
  return sizes;
}

function middleOf(rounds: readonly Round[]): Round {
  const of = (what: keyof Round): number => middle(rounds.map((round) => round[what]));
  return { answered: of("answered"), perSecond: of("perSecond"), p99: of("p99"), cpu: of("cpu") };
}

type Starters = ReturnType<typeof starters>;

async function measureLoad(
  rows: readonly Row[],
  start: Starters,
  sizes: Readonly<Record<string, number>>,
): Promise<void> {
  const servers = [await start.bare(), await start.bolt(), await start.qushi()];
  try {
    for (const { name, lines, aim } of rows) {
      const all = lines.map((line) => sizes[line] ?? 0);
      const size = Math.round(all.reduce((sum, each) => sum + each, 0) / all.length);
      const targets = servers.map((server) => {
        const query = server.name === "bare" ? `?size=${size}` : "";
        const rounds: Round[] = [];
        return { server, target: { ...server.target(...lines), path: `/slack/events${query}` }, rounds };
      });
      for (const { target } of targets) await load(target, CONCURRENCY, WARM);
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const { server, target, rounds } of targets) {
          const before = await busy(server);
          const loaded = await load(target, CONCURRENCY, ROUND);
          const spent = (await busy(server)) - before;
          rounds.push({ ...loaded, cpu: spent / loaded.answered });
        }
      }
      const [bare, bolt, qushi] = targets.map(({ rounds }) => middleOf(rounds));
      if (bare === undefined || bolt === undefined || qushi === undefined) return;
      say(`${name} (${size} bytes)`);
      row("bare node:http", bare, bolt);
      row("bare Bolt", bolt, bolt);
      row("Qushi", qushi, bolt, aimText(aim));
    }
  } finally {
    for (const server of servers) await end(server);
  }
}

async function measureStart(start: Starters): Promise<void> {
  const [bolt, qushi]: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= STARTS; turn += 1) {
    for (const [all, begin] of [
      [bolt, start.bolt],
      [qushi, start.qushi],
    ] as const) {
      const server = await begin();
      await end(server);
      // The first of each fills the compile cache.
      if (turn > 0) all.push(server.ready);
    }
  }
  const ratio = (middle(qushi) / middle(bolt)).toFixed(2);
  say(
    `start to first answer      Qushi ${Math.round(middle(qushi))} ms, bare Bolt ${Math.round(middle(bolt))} ms   ×${ratio} (aim ≤ ${START_AIM})`,
  );
}

/** The steps of the start, in a process of their own. */
function explainStart(folder: string): void {
  const command = [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    joined("bench/slack-start.ts"),
    path("../data/shenzhen-2026"),
    join(folder, "start.db"),
  ];
  const [program = "", ...rest] = PINNED ? ["taskset", "-c", SERVER_CORE, ...command] : command;
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") };
  // Once for the cache.
  spawnSync(program, rest, { env });
  const steps: unknown = JSON.parse(spawnSync(program, rest, { env, encoding: "utf8" }).stdout);
  for (const [name, ms] of Object.entries(steps ?? {}))
    say(`  ${name.padEnd(38)} ${String(ms).padStart(5)} ms`);
}

function aimText(aim: Row["aim"]): string {
  if (aim === null) return "";
  return `aim ≥ ${aim.rate}${aim.p99 === null ? "" : `, p99 ≤ ${aim.p99}`}`;
}

function row(name: string, one: Round, bolt: Round, aim = ""): void {
  const rate = `${Math.round(one.perSecond)}/s ×${(one.perSecond / bolt.perSecond).toFixed(2)}`;
  const p99 = `p99 ${one.p99.toFixed(1)} ms ×${(one.p99 / bolt.p99).toFixed(2)}`;
  const cpu = one.cpu > 0 ? `busy ${Math.round(one.cpu)} µs ×${(one.cpu / bolt.cpu).toFixed(2)}` : "";
  say(`  ${name.padEnd(16)} ${rate.padEnd(18)} ${p99.padEnd(22)} ${cpu.padEnd(22)} ${aim}`.trimEnd());
}

if (import.meta.main) await run();
