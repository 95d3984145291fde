import { clearScreenDown, createInterface, moveCursor, cursorTo } from "node:readline";
import { HISTORY_LINES, readHistory, writeHistory } from "./history.ts";
import type { Source, SourceEvents } from "./source.ts";

export interface PromptOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly prompt: string;
  readonly historyFile: string | null;
}

/** What people type to leave a prompt. */
const LEAVING: ReadonlySet<string> = new Set(["exit", "quit", ":q", "退出"]);

/** Lines typed at a prompt; "exit" leaves. Ctrl-C drops the line; twice in a row it leaves, as Ctrl-D does. */
export function openPrompt(options: PromptOptions, events: SourceEvents): Source {
  const { input, output, historyFile } = options;
  const history = historyFile === null ? [] : readHistory(historyFile);
  const lines = createInterface({
    input,
    output,
    terminal: true,
    prompt: options.prompt,
    history,
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
  });
  let closed = false;
  let answering = false;
  let interrupted = false;

  lines.on("history", (kept) => {
    if (historyFile !== null) writeHistory(historyFile, kept);
  });
  lines.on("line", (line) => {
    interrupted = false;
    if (LEAVING.has(line.trim().toLowerCase())) return lines.close();
    answering = true;
    events.onLine(line);
  });
  lines.on("SIGINT", () => {
    const leaves = interrupted && lines.line === "";
    interrupted = true;
    // To its end, then delete to its start: what was typed is dropped without being sent.
    lines.write(null, { ctrl: true, name: "e" });
    lines.write(null, { ctrl: true, name: "u" });
    output.write("^C\n");
    if (leaves) lines.close();
    else if (!answering) lines.prompt();
  });
  lines.on("close", () => {
    if (closed) return;
    closed = true;
    if (!interrupted) output.write("\n");
    events.onEnd();
  });
  lines.prompt();

  return {
    ready: () => {
      answering = false;
      if (!closed) lines.prompt();
    },
    around: (write) => {
      if (closed || answering) return write();
      moveCursor(output, 0, -lines.getCursorPos().rows);
      cursorTo(output, 0);
      clearScreenDown(output);
      write();
      lines.prompt(true);
    },
    close: () => {
      closed = true;
      lines.close();
    },
  };
}
