import { createServer } from "node:http";
import { once } from "node:events";
import { createHmac } from "node:crypto";
import { z } from "zod";

/** A request as it came, and what is to be answered next. */
export interface FakeWebhooks {
  readonly url: string;
  readonly bodies: readonly string[];
  /** Answers of the next requests, in order; "cut" takes the request and hangs up. Then Slack's or Feishu's "fine". */
  readonly answers: ({ status: number; text: string; headers?: Record<string, string> } | "cut")[];
  stop(): Promise<void>;
}

/** Incoming webhooks of Slack (POST /services/…) and custom bots of Feishu (POST /open-apis/bot/v2/hook/…) on loopback. */
export async function startFakeWebhooks(secret: string, now: () => Date): Promise<FakeWebhooks> {
  const bodies: string[] = [];
  const answers: FakeWebhooks["answers"] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      bodies.push(body);
      const planned = answers.shift();
      if (planned === "cut") return void request.socket.destroy();
      const { status, text, headers = {} } = planned ?? natural(request.url ?? "", body);
      response.writeHead(status, headers).end(text);
    });
  });
  /** Source: docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; open.feishu.cn 自定义机器人使用指南. */
  const natural = (path: string, body: string): { status: number; text: string; headers?: undefined } => {
    const sent = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
    if (path.startsWith("/services/"))
      return typeof sent["text"] === "string" && Array.isArray(sent["blocks"])
        ? { status: 200, text: "ok" }
        : { status: 400, text: "invalid_payload" };
    const timestamp = String(sent["timestamp"]);
    const sign = createHmac("sha256", `${timestamp}\n${secret}`).digest("base64");
    const late = Math.abs(now().getTime() / 1_000 - Number(timestamp)) > 3_600;
    const refused = sign !== sent["sign"] || late ? 19_021 : typeof sent["card"] === "object" ? 0 : 9_499;
    return { status: 200, text: JSON.stringify({ code: refused, msg: "invented", data: {} }) };
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${bound.port}`,
    bodies,
    answers,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
