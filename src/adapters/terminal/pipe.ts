import { createLineSplitter } from "./lines.ts";
import type { Source, SourceEvents } from "./source.ts";

/** Lines from a pipe or a file. The input waits while lines are being answered, however long it is. */
export function openPipe(input: NodeJS.ReadableStream, events: SourceEvents): Source {
  const splitter = createLineSplitter();
  let ended = false;
  const onData = (chunk: Uint8Array | string): void => {
    input.pause();
    const lines = splitter.push(chunk);
    if (lines.length === 0) input.resume();
    for (const line of lines) events.onLine(line);
  };
  const onEnd = (): void => {
    if (ended) return;
    ended = true;
    for (const line of splitter.end()) events.onLine(line);
    events.onEnd();
  };
  // A read fault (EISDIR, EIO, a reset) ends the input like its end: what was read is answered.
  const onError = onEnd;
  input.on("data", onData);
  input.on("end", onEnd);
  input.on("close", onEnd);
  input.on("error", onError);
  return {
    ready: () => {
      if (!ended) input.resume();
    },
    around: (write) => write(),
    close: () => {
      ended = true;
      input.removeListener("data", onData);
      input.removeListener("end", onEnd);
      input.removeListener("close", onEnd);
      input.pause();
    },
  };
}
