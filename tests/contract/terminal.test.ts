import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTerminal, type TerminalOptions } from "../../src/adapters/terminal/index.ts";
import { LONGEST_LINE, createLineSplitter } from "../../src/adapters/terminal/lines.ts";
import type { Address } from "../../src/core/place.ts";
import type { Message } from "../../src/message/message.ts";
import { DeliveryError, type CommandInbound } from "../../src/platform/platform.ts";

const HERE: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };
const NOW = new Date("2026-11-24T01:07:00Z");

function says(text: string): Message {
  return { summary: text, blocks: [{ type: "text", lines: [[text]] }] };
}

/** A screen that remembers, and tells who waits for a text when it has come. */
class Screen extends Writable {
  text = "";
  private waiting: { wanted: string; done: () => void }[] = [];
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
    this.waiting = this.waiting.filter((each) => {
      if (this.text.includes(each.wanted)) each.done();
      return !this.text.includes(each.wanted);
    });
  }
  shows(wanted: string): Promise<void> {
    if (this.text.includes(wanted)) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ wanted, done: resolve }));
  }
}

interface Session {
  input: PassThrough;
  output: Screen;
  seen: CommandInbound[];
  closed: Promise<void>;
  closes: () => number;
  terminal: ReturnType<typeof createTerminal>;
}

async function open(
  options: Partial<TerminalOptions> = {},
  onInbound?: (inbound: CommandInbound) => Promise<void>,
): Promise<Session> {
  const input = new PassThrough();
  const output = new Screen();
  const seen: CommandInbound[] = [];
  const closed = Promise.withResolvers<void>();
  let count = 0;
  const terminal = createTerminal({
    input,
    output,
    interactive: false,
    columns: 80,
    colour: false,
    prompt: "qushi> ",
    banner: "one\ntwo\nthree",
    historyFile: null,
    now: () => NOW,
    onClose: () => {
      count += 1;
      closed.resolve();
    },
    ...options,
  });
  await terminal.start(async (inbound) => {
    if (inbound.type !== "command") return;
    seen.push(inbound);
    if (onInbound === undefined)
      await inbound.reply(says(`answer to ${inbound.line}`), { audience: "caller" });
    else await onInbound(inbound);
  });
  return { input, output, seen, closed: closed.promise, closes: () => count, terminal };
}

test("says what it can do", async () => {
  const { terminal } = await open();
  expect(terminal.abilities).toEqual({
    threads: false,
    edits: false,
    forms: "none",
    files: false,
    filesNeed: null,
    buttons: false,
    private: true,
    reads: false,
    find: "none",
  });
  expect(terminal.health().state).toBe("connected");
  await terminal.stop();
  expect(terminal.health().state).toBe("stopped");
});

describe("a line in, an answer out", () => {
  test("answers in order, without prompt or banner, and closes after the last answer", async () => {
    const gate = Promise.withResolvers<void>();
    const { input, output, closed, seen, closes } = await open({}, async (inbound) => {
      if (inbound.line === "slow") await gate.promise;
      await inbound.reply(says(`answer to ${inbound.line}`), { audience: "caller" });
    });
    input.end("slow\n\n   \n光明 算力\r\nlast");
    gate.resolve();
    await closed;
    expect(output.text).toBe("answer to slow\n\nanswer to 光明 算力\n\nanswer to last\n\n");
    expect(seen.map((inbound) => inbound.line)).toEqual(["slow", "光明 算力", "last"]);
    expect(closes()).toBe(1);
  });

  test("says who asks, from where, and gives every line its own id", async () => {
    const { input, seen, closed } = await open();
    input.end("help\nhelp\n");
    await closed;
    expect(seen[0]).toMatchObject({
      type: "command",
      at: NOW,
      actor: { platform: "terminal", workspace: null, id: "terminal" },
      address: HERE,
      via: "terminal",
      ref: null,
    });
    expect(new Set(seen.map((inbound) => inbound.id)).size).toBe(2);
  });

  test("closes at once where there is nothing to read", async () => {
    const { input, output, closed } = await open();
    input.end();
    await closed;
    expect(output.text).toBe("");
  });

  test("puts a character together that arrives in two pieces", async () => {
    const { input, seen, closed } = await open();
    const bytes = Buffer.from("光明\n");
    input.write(bytes.subarray(0, 4));
    input.end(bytes.subarray(4));
    await closed;
    expect(seen[0]?.line).toBe("光明");
  });

  test("passes a line on that is far too long, and the next one", async () => {
    const { input, seen, closed } = await open({}, () => Promise.resolve());
    input.write("x".repeat(70_000));
    input.write("\u0000".repeat(LONGEST_LINE));
    input.end("\nhelp\n");
    await closed;
    expect(seen.map((inbound) => inbound.line.length)).toEqual([LONGEST_LINE, 4]);
  });

  test("goes on after a line that the bot could not answer", async () => {
    const { input, output, closed } = await open({}, async (inbound) => {
      if (inbound.line === "bad") throw new Error("a bug");
      await inbound.reply(says("fine"), { audience: "caller" });
    });
    input.end("bad\ngood\n");
    await closed;
    expect(output.text).toBe("fine\n\n");
  });

  test("ends quietly when the reader goes away", async () => {
    // Like process.stdout, which reports a fault and never closes.
    const output = new Screen({ autoDestroy: false });
    const { input, closed, closes, terminal } = await open({ output });
    output._write = (_chunk, _encoding, done: (error?: Error) => void) => {
      done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    };
    input.write("help\nhelp\nhelp\n");
    await closed;
    expect(closes()).toBe(1);
    const post = terminal.post(HERE, says("digest"), "key");
    await expect(post).rejects.toMatchObject({ name: "DeliveryError", code: "unreachable" });
  });

  test("answers what was read when the input fails", async () => {
    const { input, output, closed } = await open();
    input.write("help\nlist");
    await output.shows("answer to help");
    input.destroy(new Error("EIO"));
    await closed;
    expect(output.text).toBe("answer to help\n\nanswer to list\n\n");
  });

  test("stops after the answer that is being made, and takes no more", async () => {
    const started = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const { input, output, terminal, closes } = await open({}, async (inbound) => {
      started.resolve();
      await gate.promise;
      await inbound.reply(says(inbound.line), { audience: "caller" });
    });
    input.write("first\nsecond\n");
    await started.promise;
    const stopping = terminal.stop();
    gate.resolve();
    await stopping;
    expect(output.text).toBe("first\n\n");
    expect(closes()).toBe(0);
  });
});

describe("posting", () => {
  test("prints the message, and a file that comes with it unwrapped", async () => {
    const { terminal, output } = await open();
    const long = "x ".repeat(60).trim();
    const file = { name: "a.json", mime: "application/json", content: `{\n\t"a": "${long}\u001b[31m"\n}\n` };
    const posted = await terminal.post(HERE, { ...says("digest"), files: [file] }, "key-1");
    expect(posted).toEqual({ ref: { address: HERE, id: "key-1" } });
    expect(output.text).toBe(`digest\n{\n\t"a": "${long}"\n}\n\n`);
  });

  test("refuses what it cannot do with a delivery error", async () => {
    const { terminal } = await open();
    const elsewhere: Address = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null };
    await expect(terminal.post(elsewhere, says("x"), "k")).rejects.toBeInstanceOf(DeliveryError);
    await expect(terminal.edit({ address: HERE, id: "k" }, says("x"))).rejects.toMatchObject({
      code: "rejected",
    });
    expect(await terminal.find(HERE, "k", NOW)).toEqual({ state: "unknown" });
  });
});

describe("a prompt", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "qushi-terminal-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const UP = "\u001b[A";
  const CTRL_C = "\u0003";
  const CTRL_D = "\u0004";

  test("shows the banner once, then a prompt after every answer", async () => {
    const { input, output } = await open({ interactive: true });
    await output.shows("qushi> ");
    input.write("help\r");
    await output.shows("answer to help\n\n\u001b[1G\u001b[0Jqushi> ");
    expect(output.text.startsWith("one\ntwo\nthree\n")).toBe(true);
    expect(output.text.split("one\ntwo\nthree")).toHaveLength(2);
  });

  test.each(["exit", "quit", "退出"])("leaves with %s", async (word) => {
    const { input, closed, closes } = await open({ interactive: true });
    input.write(`${word}\r`);
    await closed;
    expect(closes()).toBe(1);
  });

  test("leaves with Ctrl-D", async () => {
    const { input, closed, closes } = await open({ interactive: true });
    input.write(CTRL_D);
    await closed;
    expect(closes()).toBe(1);
  });

  test("drops the line at Ctrl-C and leaves at the second one", async () => {
    const { input, output, seen, closed } = await open({ interactive: true });
    input.write(`rate GM-001${CTRL_C}`);
    await output.shows("^C");
    input.write("help\r");
    await output.shows("answer to help");
    input.write(CTRL_C);
    input.write(CTRL_C);
    await closed;
    expect(seen.map((inbound) => inbound.line)).toEqual(["help"]);
  });

  test("keeps the line that is being typed when something is posted", async () => {
    const { input, output, terminal, seen } = await open({ interactive: true });
    input.write("show GM");
    await output.shows("show GM");
    await terminal.post(HERE, says("the digest"), "k");
    expect(output.text.slice(output.text.indexOf("the digest"))).toContain("qushi> show GM");
    input.write("-001\r");
    await output.shows("answer to show GM-001");
    expect(seen[0]?.line).toBe("show GM-001");
  });

  test("remembers lines for the next session, for the owner alone", async () => {
    const historyFile = join(folder, "deeper", "history");
    const first = await open({ interactive: true, historyFile });
    first.input.write("show GM-001\r");
    await first.output.shows("answer to");
    await first.terminal.stop();
    expect(readFileSync(historyFile, "utf8")).toBe("show GM-001\n");
    expect(statSync(historyFile).mode & 0o777).toBe(0o600);
    const second = await open({ interactive: true, historyFile });
    second.input.write(`${UP}\r`);
    await second.output.shows("answer to show GM-001");
    await second.terminal.stop();
  });

  test("works without a place for its history", async () => {
    const inTheWay = join(folder, "file");
    writeFileSync(inTheWay, "not a folder");
    for (const historyFile of [join(inTheWay, "history"), folder]) {
      const { input, output, terminal } = await open({ interactive: true, historyFile });
      input.write("help\r");
      await output.shows("answer to help");
      input.write(`${UP}\r`);
      await output.shows("answer to help\n\n\u001b[1G\u001b[0Jqushi> ");
      await terminal.stop();
    }
    expect(readFileSync(inTheWay, "utf8")).toBe("not a folder");
  });

  test("lets nothing in the history file reach the screen as a control", async () => {
    const historyFile = join(folder, "history");
    writeFileSync(historyFile, "he\u001b[31mlp\n");
    const { input, output, seen, terminal } = await open({ interactive: true, historyFile });
    input.write(`${UP}\r`);
    await output.shows("answer to");
    expect(seen[0]?.line).toBe("help");
    await terminal.stop();
  });
});

test("cuts lines the same whatever pieces they come in", () => {
  const text = "a\r\n光明\n\nlast";
  for (let size = 1; size <= 8; size += 1) {
    const splitter = createLineSplitter();
    const bytes = Buffer.from(text);
    const lines: string[] = [];
    for (let at = 0; at < bytes.length; at += size)
      lines.push(...splitter.push(bytes.subarray(at, at + size)));
    expect([...lines, ...splitter.end()]).toEqual(["a", "光明", "", "last"]);
  }
});
