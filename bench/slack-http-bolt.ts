/**
 * Server (b) of bench/slack-http.ts: a bare Bolt app, as Bolt's own guide begins one, that acknowledges /qushi with a
 * constant. `node bench/slack-http-bolt.ts PORT SECRET API SIZES`; SIZES: bytes by line, as JSON.
 */
import { App, LogLevel } from "@slack/bolt";
import { z } from "zod";
import { constantOf } from "./slack-http-constant.ts";

const [port = "0", signingSecret = "", slackApiUrl = "", sizes = "{}"] = process.argv.slice(2);
const parsed: unknown = JSON.parse(sizes);
const answer = z.object({ response_type: z.literal("ephemeral"), text: z.string() });
const constants = new Map(
  Object.entries(z.record(z.string(), z.number()).parse(parsed)).map(([line, bytes]) => [
    line,
    answer.parse(JSON.parse(constantOf(bytes))),
  ]),
);

const app = new App({
  token: "xoxb-fake-bot-token",
  signingSecret,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl },
});
app.command("/qushi", async ({ command, ack }) => ack(constants.get(command.text)));
await app.start({ port: Number(port), host: "127.0.0.1" });
