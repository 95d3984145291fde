import { z } from "zod";
import { fault, hint, ok, type Finding } from "../../core/finding.ts";
import { formatAddress, type Address } from "../../core/place.ts";
import type { Message } from "../../message/message.ts";
import type { AdminApi } from "./doctor-api.ts";
import { briefly, fixFor, reach, type Console } from "./doctor-words.ts";
import { renderFeishu } from "./render.ts";

/** "获取用户或机器人所在的群列表": groups only, up to 100 a page. */
const chatPage = z.object({
  data: z.object({
    items: z.array(z.object({ chat_id: z.string(), name: z.string().catch("") })).default([]),
    has_more: z.boolean().catch(false),
    page_token: z.string().catch(""),
  }),
});
/** "获取群信息": who may speak. */
const chatInfo = z.object({ data: z.object({ moderation_permission: z.string().catch("all_members") }) });
/** Of so many groups it is asked whether the bot may speak. */
const MOST_ASKED = 20;
const MOST_PAGES = 5;

interface Chat {
  readonly id: string;
  readonly name: string;
}

const ADD = {
  zh: "在群设置 → 群机器人 → 添加机器人里加上它；单聊不用",
  en: "Add it under the group's Settings → Bots → Add Bot; direct chats need nothing",
};

/** The groups that the bot is in, those where it may not speak, and those of `digests` that it is not in. */
export async function checkChats(
  api: AdminApi,
  digests: readonly Address[],
  where: Console,
): Promise<readonly Finding[]> {
  const chats: Chat[] = [];
  let token = "";
  let isAll = false;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await api.call({
      method: "GET",
      path: "/open-apis/im/v1/chats",
      params: { page_size: "100", ...(token === "" ? {} : { page_token: token }) },
    });
    if (!answer.ok) {
      const why = briefly(answer.failure);
      return [
        hint(
          { zh: `群：列不出来（${why}）`, en: `groups: they could not be listed (${why})` },
          fixFor(answer.failure, "im:chat:readonly", where),
        ),
      ];
    }
    const read = chatPage.safeParse(answer.body);
    if (!read.success) break;
    chats.push(...read.data.data.items.map(({ chat_id: id, name }) => ({ id, name })));
    token = read.data.data.page_token;
    isAll = !read.data.data.has_more || token === "";
    if (isAll) break;
  }
  const ids = new Set(chats.map(({ id }) => id));
  const out = isAll ? digests.filter(({ to }) => "channel" in to && !ids.has(to.channel)) : [];
  const absent = out.map((address) => {
    const to = formatAddress(address);
    return fault(
      {
        zh: `周报：QUSHI_DIGEST_TO 里的 ${to} 不在机器人所在的群之列`,
        en: `digest: ${to} of QUSHI_DIGEST_TO is none of the groups that the bot is in`,
      },
      ADD,
    );
  });
  if (chats.length === 0)
    return [hint({ zh: "群：机器人还不在任何群里", en: "groups: the bot is in none yet" }, ADD), ...absent];
  const names = chats.slice(0, 5).map(({ name, id }) => (name === "" ? id : name));
  const more = chats.length > names.length ? " …" : "";
  const muted = await silent(api, chats.slice(0, MOST_ASKED));
  return [
    ok(
      `群：在 ${chats.length} 个群里（${names.join("、")}${more}）`,
      `groups: in ${chats.length} (${names.join(", ")}${more})`,
    ),
    ...absent,
    ...muted.map(({ name, id }) =>
      hint(
        {
          zh: `群：“${name}”（${id}）限制了发言，周报可能发不出去`,
          en: `groups: “${name}” (${id}) restricts who may speak, so the digest may be refused`,
        },
        {
          zh: "请群主在群设置 → 群管理 → 谁可以发言里允许机器人，或改到别的群",
          en: "Ask the owner to let the bot speak (Settings → Group management → Who can speak), or use another group",
        },
      ),
    ),
  ];
}

async function silent(api: AdminApi, chats: readonly Chat[]): Promise<readonly Chat[]> {
  const found: Chat[] = [];
  for (const chat of chats) {
    const answer = await api.call({
      method: "GET",
      path: `/open-apis/im/v1/chats/${encodeURIComponent(chat.id)}`,
    });
    const info = answer.ok ? chatInfo.safeParse(answer.body).data?.data : undefined;
    if (info !== undefined && info.moderation_permission !== "all_members") found.push(chat);
  }
  return found;
}

/** A card, as everything that Qushi sends: there are groups that take text and refuse cards. */
const TEST: Message = {
  summary: "区势测试消息 · A test message from Qushi",
  blocks: [{ type: "text", lines: [["区势测试消息 · A test message from Qushi"]] }],
};

/** Where a group or a person refuses: "发送消息", error codes. */
const REFUSED: Readonly<Record<number, { readonly zh: string; readonly en: string }>> = {
  230002: { zh: "先把机器人加进这个群", en: "Add the bot to that group first" },
  230013: {
    zh: "在“版本管理与发布”把这个人加进可用范围，再发布一个版本",
    en: "Put that person into the availability under Version Management & Release, and publish a version",
  },
  230018: { zh: "请群主在群设置里允许机器人发言", en: "Ask the owner to let the bot speak there" },
  230035: { zh: "请群主在群设置里允许机器人发言", en: "Ask the owner to let the bot speak there" },
  230034: {
    zh: "检查地址：oc_ 开头是群，ou_ 开头是人",
    en: "Check the address: oc_ is a group, ou_ a person",
  },
  232009: { zh: "这个群已解散，换一个地址", en: "That group was disbanded; use another address" },
  99992361: {
    zh: "open_id 属于另一个应用：对这个机器人说“关于”，取这里的 ou_…",
    en: "That open_id belongs to another app: say “about” to this bot for the ou_… that it knows",
  },
};

/** Sends a line of text on request. */
export async function sendTest(api: AdminApi, { to }: Address, where: Console): Promise<Finding> {
  const [type, id] = "channel" in to ? ["chat_id", to.channel] : ["open_id", to.person];
  const answer = await api.call({
    method: "POST",
    path: "/open-apis/im/v1/messages",
    params: { receive_id_type: type },
    data: { receive_id: id, msg_type: "interactive", content: JSON.stringify(renderFeishu(TEST)) },
  });
  if (answer.ok) return ok(`测试消息：已发到 ${id}`, `test message: sent to ${id}`);
  const { failure } = answer;
  const why = briefly(failure);
  const known = failure.kind === "refused" ? REFUSED[failure.code] : reach(where.domain);
  return fault(
    { zh: `测试消息：${id} 没有收下（${why}）`, en: `test message: ${id} refused it (${why})` },
    known ?? fixFor(failure, "im:message:send_as_bot", where),
  );
}
