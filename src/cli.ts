import { answer } from "./bot/answer.ts";
import { digestFor } from "./bot/digest.ts";
import { DATA, PROGRAM, configuration, open, openDesk } from "./cli/desk.ts";
import { FLAGS, actor, formatOf, instant, options } from "./cli/flags.ts";
import { complain, print, say, useColour } from "./cli/print.ts";
import { Stop, USAGE, type Exit } from "./cli/stop.ts";
import { nearest } from "./core/nearest.ts";
import { formatFault, runCheck } from "./dataset/run-check.ts";
import { createLog } from "./log.ts";
import { start } from "./main.ts";

const VERBS = ["start", "ask", "digest", "check", "export", "manifest", "help"] as const;

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
    case "manifest":
      return manifest(rest);
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

async function serve(rest: readonly string[]): Promise<Exit> {
  options(rest, {}, 0);
  const config = configuration();
  const dataset = await open(config.dataset);
  const log = createLog(config.logLevel, config.secrets);
  process.on("unhandledRejection", (reason) =>
    log.error("an unhandled rejection", { reason: String(reason) }),
  );
  const running = await start(dataset, config, PROGRAM, log, {
    input: process.stdin,
    output: process.stdout,
    interactive: process.stdin.isTTY && process.stdout.isTTY,
    columns: process.stdout.columns ?? 80,
    colour: useColour(),
    clock: () => new Date(),
  });
  const signalled = new Promise<{ exit: 0 }>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve({ exit: 0 }));
  });
  const { exit } = await Promise.race([running.ended, signalled]);
  await running.stop();
  return exit;
}

async function ask(rest: readonly string[]): Promise<Exit> {
  const { values, words } = options(rest, FLAGS, null);
  if (words.length === 0) throw new Stop(2, 'What should be asked? For example: qushi ask "help"');
  const desk = await openDesk(values["lang"]);
  const answered = answer(
    desk,
    words.join(" "),
    actor(values["user"]),
    instant(values["now"], new Date()),
    null,
  );
  if (answered.failure !== null) complain(answered.failure);
  await print(answered.message, answered.lang, formatOf(values["format"]));
  return answered.exit === "answered" ? 0 : answered.exit === "user_error" ? 2 : 1;
}

async function printDigest(rest: readonly string[]): Promise<Exit> {
  const { values, words } = options(rest, FLAGS, null);
  const desk = await openDesk(values["lang"]);
  const format = formatOf(values["format"]);
  const { lang, messages, exit } = digestFor(desk, words.join(" "), instant(values["now"], new Date()));
  for (const [at, message] of messages.entries()) {
    if (at > 0 && format === "text")
      say(`\n— ${lang === "zh" ? "话题内" : "in the thread"} ${at}/${messages.length - 1} —`);
    await print(message, lang, format);
  }
  return exit === "answered" ? 0 : 2;
}

async function exportAll(rest: readonly string[]): Promise<Exit> {
  const { values, words } = options(rest, FLAGS, null);
  const desk = await openDesk(values["lang"]);
  const answered = answer(
    desk,
    `export ${words.join(" ")}`,
    actor(values["user"]),
    instant(values["now"], new Date()),
  );
  await print(answered.message, answered.lang, "text");
  return answered.exit === "answered" ? 0 : 2;
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

async function manifest(rest: readonly string[]): Promise<Exit> {
  const { words } = options(rest, {}, 1);
  switch (words[0] ?? "") {
    case "slack": {
      const { slackManifest } = await import("./adapters/slack/manifest.ts");
      say(slackManifest());
      return 0;
    }
    case "feishu": {
      const { feishuManifest } = await import("./adapters/feishu/manifest.ts");
      say(feishuManifest());
      return 0;
    }
    default:
      throw new Stop(2, "Which one? qushi manifest slack, or qushi manifest feishu");
  }
}

// A reader that closes the pipe early (| head) has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  complain(
    error instanceof Stop
      ? error.message
      : `Qushi failed: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = error instanceof Stop ? error.exit : 1;
}
