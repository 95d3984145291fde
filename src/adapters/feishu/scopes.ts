import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { FeishuApi } from "./api.ts";

/** "查询租户授权状态" (application/v6/scopes): grant_status 1 is granted. Needs no scope itself. */
const answer = z.object({
  data: z.object({ scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })) }),
});
/** It only decides what is offered: a start does not wait longer for it. */
const ASK_MS = 3_000;

/** Lets every message of a group come in ("获取群组中所有消息"). */
export const READ_ALL = "im:message.group_msg";
/** What "上传文件" needs: one of them is enough; the first is what an operator is told. */
export const UPLOAD = ["im:resource", "im:resource:upload"] as const;

/** The scopes that the app was granted; null where Feishu does not tell. */
export async function grantedScopes(api: FeishuApi): Promise<ReadonlySet<string> | null> {
  const asked = api.call({ endpoint: "scopes", method: "GET", path: "/open-apis/application/v6/scopes" });
  const outcome = await Promise.race([asked, setTimeout(ASK_MS, null, { ref: false })]);
  if (outcome?.ok !== true) return null;
  const parsed = answer.safeParse(outcome.body);
  if (!parsed.success) return null;
  const granted = parsed.data.data.scopes.filter(({ grant_status: status }) => status === 1);
  return new Set(granted.map(({ scope_name: name }) => name));
}
