import { digestFor } from "./bot/digest.ts";
import { askLine } from "./cli/ask.ts";
import { explain } from "./cli/backup.ts";
import { serveAsking } from "./cli/serve.ts";
import { DATA, PROGRAM, configuration, languageOf, open, openAnew, deskFrom } from "./cli/desk.ts";
import { FLAGS, formatOf, instant, options } from "./cli/flags.ts";
import { readStore } from "./cli/reading.ts";
import { complain, print, say, useColour } from "./cli/print.ts";
import { doctor } from "./cli/doctor.ts";
import { importFile } from "./cli/import.ts";
import { exportLedger } from "./cli/ledger.ts";
import { manifest } from "./cli/manifest.ts";
import { newCommitment } from "./cli/new.ts";
import type { Printed } from "./cli/printed.ts";
import { SocketError } from "./cli/socket-protocol.ts";
import { Stop, USAGE, type Exit } from "./cli/stop.ts";
import { backup, migrate } from "./cli/store.ts";
import { currentEnvironment, readConfig } from "./config.ts";
import type { Lang } from "./core/lang.ts";
import { nearest } from "./core/nearest.ts";
import { formatFault, runCheck } from "./dataset/run-check.ts";
import { ListenError } from "./http/server.ts";
import { openStore } from "./store/open.ts";
import { StoreError } from "./store/store.ts";

const VERBS = [
  "start",
  "ask",
  "digest",
  "check",
  "export",
  "import",
  "new",
  "backup",
  "migrate",
  "manifest",
  "doctor",
  "help",
] as const;

async function run(argv: readonly string[]): Promise<Exit> {
  const [verb = "start", ...rest] = argv;
  switch (verb) {
    case "start":
      return serve(rest);
    case "ask":
      return ask(rest);
    case "digest":
      return printDigest(rest);
    case "check":
      return check(rest);
    case "export":
      return exportAll(rest);
    case "new":
      return newCommitment(rest, configuration());
    case "backup":
      return backup(rest, configuration());
    case "migrate":
      return migrate(rest, configuration());
    case "import":
      return importFile(rest, new Date());
    case "manifest":
      return manifest(rest);
    case "doctor":
      return doctor(rest, () => new Date());
    case "help":
    case "--help":
    case "-h":
      say(USAGE);
      return 0;
    case "--version":
      say(PROGRAM);
      return 0;
    default: {
      const near = nearest(
        [verb],
        VERBS.map((name) => ({ name, forms: [name] })),
        1,
      );
      const hint = near.length === 0 ? "" : ` Did you mean ${near.join(", ")}?`;
      throw new Stop(2, `qushi has no command “${verb}”.${hint}\n${USAGE}`);
    }
  }
}

/** After the orderly end, what still holds on to the process is left, in milliseconds. */
const LAST_MS = 1_000;

async function serve(rest: readonly string[]): Promise<Exit> {
  options(rest, {}, 0);
  const config = configuration();
  // The other commands start without what only running needs.
  const [{ createLog }, { start }] = await Promise.all([import("./log.ts"), import("./main.ts")]);
  const dataset = await open(config.dataset);
  const log = createLog(config.logLevel, config.secrets);
  process.on("unhandledRejection", (reason) =>
    log.error("an unhandled rejection", { reason: String(reason) }),
  );
  // Before anything runs: a signal that comes while it starts must end it in order too.
  const signalled = new Promise<{ exit: 0 }>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve({ exit: 0 }));
  });
  const store = await openStore(config, (what) => log.warn(what));
  const running = await start(dataset, config, PROGRAM, store, log, {
    input: process.stdin,
    output: process.stdout,
    interactive: process.stdin.isTTY && process.stdout.isTTY,
    columns: process.stdout.columns ?? 80,
    colour: useColour(),
    clock: () => new Date(),
    openDataset: () => openAnew(config.dataset),
  });
  const socket = await serveAsking(running, config.dir, () => new Date()).catch(async (error: unknown) => {
    await running.stop();
    throw error;
  });
  const { exit } = await Promise.race([running.ended, signalled]);
  // A request that is under way holds up neither the end nor its limit.
  void socket.close();
  await running.stop();
  setTimeout(() => process.exit(exit), LAST_MS).unref();
  return exit;
}

async function ask(rest: readonly string[]): Promise<Exit> {
  const { values, words } = options(rest, FLAGS, null);
  if (words.length === 0) throw new Stop(2, 'What should be asked? For example: qushi ask "help"');
  return show(await askLine(words.join(" "), values, new Date()));
}

/** What was printed elsewhere, printed here. */
function show({ out, err, exit }: Printed): Exit {
  process.stdout.write(out);
  process.stderr.write(err);
  return exit;
}

async function printDigest(rest: readonly string[]): Promise<Exit> {
  const { values, words } = options(rest, FLAGS, null);
  const format = formatOf(values["format"]);
  const config = configuration();
  const lang = languageOf(values["lang"]);
  const now = instant(values["now"], new Date());
  const digest = await readStore(values["store"], config, async (store) =>
    digestFor(await deskFrom(store, config), words.join(" "), lang, now),
  );
  if (digest === null) return show(await askLine(`digest ${words.join(" ")}`, values, new Date()));
  for (const [at, message] of digest.messages.entries()) {
    if (at > 0 && format === "text")
      say(`\n— ${digest.lang === "zh" ? "话题内" : "in the thread"} ${at}/${digest.messages.length - 1} —`);
    await print(message, digest.lang, format);
  }
  return digest.exit === "answered" ? 0 : 2;
}

async function exportAll(rest: readonly string[]): Promise<Exit> {
  const { values, words } = options(rest, FLAGS, null);
  if (words.length === 1 && words[0] === "ledger") return exportLedger(values["store"]);
  return show(await askLine(`export ${words.join(" ")}`, { ...values, format: "text" }, new Date()));
}

async function check(rest: readonly string[]): Promise<Exit> {
  const { values, words } = options(rest, { article: { type: "string" } }, 1);
  const [only] = words;
  const { faults, checked } = await runCheck({
    dataFolder: DATA,
    ...(only === undefined ? {} : { only }),
    ...(values["article"] === undefined ? {} : { article: values["article"] }),
  });
  for (const fault of faults) complain(formatFault(fault));
  for (const { id, districts, commitments, facts } of checked) {
    say(`${id}: ${districts} districts, ${commitments} commitments, ${facts} facts`);
  }
  if (faults.length > 0) complain(`${faults.length} ${faults.length === 1 ? "fault" : "faults"}`);
  else
    say(
      values["article"] === undefined
        ? "No faults."
        : `No faults; every figure and name is in ${values["article"]}.`,
    );
  return faults.length === 0 ? 0 : 2;
}

// A reader that closes the pipe early (| head) has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  complain(messageOf(error));
  process.exitCode = exitOf(error);
}

function messageOf(error: unknown): string {
  if (error instanceof Stop) return error.message;
  if (error instanceof StoreError) return explain(error, spoken(), 3).text;
  if (error instanceof ListenError) return `Qushi cannot start: ${error.message} ${error.fix}`;
  return `Qushi failed: ${error instanceof Error ? error.message : String(error)}`;
}

/** The language that the environment asks for, as far as it can be read at all. */
function spoken(): Lang | null {
  const read = readConfig(currentEnvironment());
  return read.ok ? read.config.lang : null;
}

function exitOf(error: unknown): Exit {
  if (error instanceof Stop) return error.exit;
  if (error instanceof ListenError) return 3;
  if (error instanceof SocketError && error.code === "busy") return 4;
  return error instanceof StoreError ? explain(error, null, 3).exit : 1;
}
