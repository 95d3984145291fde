import { StringDecoder } from "node:string_decoder";

/**
 * The longest line that is kept, in UTF-16 units: above the grammar's own limit, so that a longer one is refused there
 * as it would be whole, and an endless one takes no more memory than this.
 */
export const LONGEST_LINE = 256 * 1024;

/** Cuts what arrives into lines, whatever pieces it comes in. */
export interface LineSplitter {
  /** The lines that are complete now, without their line ends. */
  push(chunk: Uint8Array | string): string[];
  /** The last line, where it had no line end. */
  end(): string[];
}

export function createLineSplitter(): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const take = (text: string): string[] => {
    const parts = text.split("\n");
    const lines: string[] = [];
    for (const [at, part] of parts.entries()) {
      if (rest.length < LONGEST_LINE) rest += part.slice(0, LONGEST_LINE - rest.length);
      if (at === parts.length - 1) break;
      lines.push(rest.endsWith("\r") ? rest.slice(0, -1) : rest);
      rest = "";
    }
    return lines;
  };
  return {
    push: (chunk) => take(typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk))),
    end: () => {
      const lines = take(decoder.end());
      if (rest !== "") lines.push(rest);
      rest = "";
      return lines;
    },
  };
}
