/**
 * Server (a) of bench/slack-http.ts: node:http that checks Slack's signature and answers a constant, nothing else.
 * `node bench/slack-http-bare.ts PORT SECRET`; the size of the constant is in the path's query.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { constantOf } from "./slack-http-constant.ts";

const [port = "0", secret = ""] = process.argv.slice(2);
const FIVE_MINUTES_S = 300;
const constants = new Map<string, string>();

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const timestamp = String(request.headers["x-slack-request-timestamp"]);
    const signature = Buffer.from(String(request.headers["x-slack-signature"]));
    const hash = createHmac("sha256", secret)
      .update(`v0:${timestamp}:`)
      .update(Buffer.concat(chunks))
      .digest("hex");
    const expected = Buffer.from(`v0=${hash}`);
    const isFresh = Math.abs(Date.now() / 1_000 - Number(timestamp)) < FIVE_MINUTES_S;
    if (!isFresh || signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      response.writeHead(401).end();
      return;
    }
    const [, size = "0"] = (request.url ?? "").split("size=");
    const constant = constants.get(size) ?? constantOf(Number(size));
    constants.set(size, constant);
    const length = Buffer.byteLength(constant);
    response.writeHead(200, { "content-type": "application/json", "content-length": length }).end(constant);
  });
}).listen(Number(port), "127.0.0.1");
