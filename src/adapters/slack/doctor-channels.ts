import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { fault, hint, ok, type Finding } from "../../core/finding.ts";
import { formatAddress, type Address } from "../../core/place.ts";
import type { Message } from "../../message/message.ts";
import { FIXES, sendFix } from "./doctor-words.ts";
import { slackError } from "./errors.ts";
import { renderSlack } from "./render.ts";

// docs.slack.dev/reference/methods/users.conversations, up to 999 a page.
const page = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().optional() })).catch([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional().catch(undefined),
});
const MOST_PAGES = 5;

/** The channels that the bot is in, and those of `digests` that it is not in. */
export async function checkChannels(
  api: WebClient,
  digests: readonly Address[],
): Promise<readonly Finding[]> {
  const names: string[] = [];
  const ids = new Set<string>();
  let cursor = "";
  try {
    for (let at = 1; at <= MOST_PAGES; at += 1) {
      const answer: unknown = await api.users.conversations({
        types: "public_channel,private_channel",
        exclude_archived: true,
        limit: 200,
        ...(cursor === "" ? {} : { cursor }),
      });
      const read = page.parse(answer);
      names.push(...read.channels.map(({ id, name }) => (name === undefined ? id : `#${name}`)));
      for (const { id } of read.channels) ids.add(id);
      cursor = read.response_metadata?.next_cursor ?? "";
      if (cursor === "") break;
    }
  } catch (error) {
    const { detail } = slackError(error);
    return [
      hint(
        { zh: `频道：列不出来（${detail}）`, en: `channels: they could not be listed (${detail})` },
        detail.startsWith("missing_scope") ? FIXES.scopes : FIXES.reach,
      ),
    ];
  }
  const out = cursor === "" ? digests.filter(({ to }) => "channel" in to && !ids.has(to.channel)) : [];
  const uninvited = out.map((address) => {
    const where = formatAddress(address);
    return fault(
      {
        zh: `周报：QUSHI_DIGEST_TO 里的 ${where} 不在区势所在的频道之列`,
        en: `digest: ${where} of QUSHI_DIGEST_TO is none of the channels that Qushi is in`,
      },
      FIXES.invite,
    );
  });
  if (names.length === 0)
    return [
      hint({ zh: "频道：还不在任何频道里", en: "channels: it is in none yet" }, FIXES.invite),
      ...uninvited,
    ];
  const shown = names.slice(0, 5);
  const more = names.length > shown.length ? " …" : "";
  return [
    ok(
      `频道：在 ${names.length} 个频道里（${shown.join("、")}${more}）`,
      `channels: in ${names.length} (${shown.join(", ")}${more})`,
    ),
    ...uninvited,
  ];
}

/** In blocks, as everything that Qushi posts. */
const TEST: Message = {
  summary: "区势测试消息 · A test message from Qushi",
  blocks: [{ type: "text", lines: [["区势测试消息 · A test message from Qushi"]] }],
};

/** Posts a line of text on request; `team` is the workspace of the token. */
export async function sendTest(api: WebClient, to: Address, team: string): Promise<Finding> {
  const where = formatAddress(to);
  if (to.workspace !== team)
    return fault(
      {
        zh: `测试消息：${where} 属于另一个工作区，令牌属于 ${team}`,
        en: `test message: ${where} is of another workspace, the token of ${team}`,
      },
      FIXES.address,
    );
  try {
    const channel = "channel" in to.to ? to.to.channel : to.to.person;
    await api.apiCall("chat.postMessage", { channel, ...renderSlack(TEST) });
    return ok(`测试消息：已发到 ${where}`, `test message: sent to ${where}`);
  } catch (error) {
    const { detail } = slackError(error);
    const code = detail.split(" ")[0] ?? "";
    return fault(
      { zh: `测试消息：${where} 没有收下（${detail}）`, en: `test message: ${where} refused it (${detail})` },
      sendFix(code),
    );
  }
}
