import type { IncomingMessage } from "node:http";
import { parsed, recordOf, type Params } from "./fake-slack-answer.ts";

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  readonly bytes: Buffer;
}

/** The parts of a multipart form (RFC 7578), as the SDK writes them; null where it is none. */
function readParts(request: IncomingMessage, body: Buffer): readonly Part[] | null {
  const type = request.headers["content-type"] ?? "";
  const [, boundary] = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(type) ?? [];
  if (boundary === undefined) return null;
  // latin1 keeps every byte, so that what is not text comes back as it was.
  const pieces = body.toString("latin1").split(`--${boundary}`).slice(1, -1);
  return pieces.map((piece) => {
    const end = piece.indexOf("\r\n\r\n");
    const head = Buffer.from(piece.slice(0, end), "latin1").toString("utf8");
    const [, name = ""] = /name="([^"]*)"/.exec(head) ?? [];
    return { name, isFile: /filename="/.test(head), bytes: Buffer.from(piece.slice(end + 4, -2), "latin1") };
  });
}

/** The arguments of a call, however they came: docs.slack.dev/apis/web-api, "Arguments". */
export function readParams(request: IncomingMessage, bytes: Buffer): Params {
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("application/json")) return recordOf(parsed(bytes.toString("utf8")));
  const parts = readParts(request, bytes);
  const pairs: readonly (readonly [string, unknown])[] =
    parts === null
      ? [...new URLSearchParams(bytes.toString("utf8"))].map(([name, value]) => [name, parsed(value)])
      : parts.map((part) => [part.name, part.isFile ? part.bytes : parsed(part.bytes.toString("utf8"))]);
  return Object.fromEntries(pairs);
}

/** The bytes of an upload: raw, or the one file of a form. */
export function readUpload(request: IncomingMessage, bytes: Buffer): Buffer {
  return readParts(request, bytes)?.find(({ isFile }) => isFile)?.bytes ?? bytes;
}
