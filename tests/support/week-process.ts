import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { joined } from "./joined.ts";
import type { WeekSetting } from "./week-child.ts";
import type { Fakes } from "./week-posts.ts";
import type { Program } from "./week.ts";

/** A program in a process of its own, which dies now and then and is started again. */
export interface Mortal extends Program {
  /** How often it has died. */
  readonly deaths: () => number;
  /** Resolves at its next death. */
  readonly death: () => Promise<void>;
  /** Resolves once it runs and is connected to both chats. */
  readonly alive: () => Promise<void>;
}

/** `lives`: at which of its commits each life ends; when they are used up, it lives on. */
export async function mortal(
  { slack, feishu }: Fakes,
  clock: () => Date,
  file: string,
  lives: WeekSetting["dies"][],
): Promise<Mortal> {
  let deaths = 0;
  let onDeath = Promise.withResolvers<void>();
  let child: ChildProcess;
  let heard: (line: string) => void = () => undefined;
  let living: Promise<void>;
  const script = joined("tests/support/week-child.ts");
  const begin = async (): Promise<void> => {
    const { credentials } = slack;
    const setting: WeekSetting = {
      file,
      now: clock().getTime(),
      slack: credentials,
      feishu: feishu.credentials,
      dies: lives.shift() ?? null,
    };
    const greeted = slack.nextGreeting();
    greeted.catch(() => undefined);
    const born = spawn(process.execPath, [script, JSON.stringify(setting)], {
      stdio: ["pipe", "pipe", "inherit"],
      // What one life has compiled, the next ones need not.
      env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(file), "compiled") },
    });
    child = born;
    const ready = Promise.withResolvers<void>();
    createInterface({ input: born.stdout }).on("line", (line) => {
      if (line === "ready") ready.resolve();
      else heard(line);
    });
    const closed: Promise<readonly unknown[]> = once(born, "close");
    const dies = async (): Promise<void> => {
      const [, signal] = await closed;
      if (signal !== "SIGKILL") return;
      deaths += 1;
      living = begin();
      living.catch(() => undefined);
      const before = onDeath;
      onDeath = Promise.withResolvers<void>();
      before.resolve();
    };
    const died = dies();
    const up = Promise.all([ready.promise, greeted]).then(() => feishu.connected());
    await Promise.race([up, died.then(() => living)]);
  };
  living = begin();
  await living;

  /** A life that ends meanwhile has the next one do it. */
  const order = async (what: "tick" | "pump"): Promise<void> => {
    for (;;) {
      await living;
      const dead = onDeath.promise.then(() => "dead");
      const done = new Promise<string>((resolve) => {
        heard = resolve;
      });
      child.stdin?.write(`${what} ${clock().getTime()}\n`);
      if ((await Promise.race([done, dead])) !== "dead") return;
    }
  };
  return {
    deaths: () => deaths,
    death: () => onDeath.promise,
    alive: async () => {
      await living;
      await slack.settled();
    },
    tick: () => order("tick"),
    pump: () => order("pump"),
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, "close");
      child.stdin?.end();
      await gone;
    },
  };
}
