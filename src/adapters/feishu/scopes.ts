import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { FeishuApi } from "./api.ts";

/** "查询租户授权状态" (application/v6/scopes): grant_status 1 is granted, 2 is not. Needs no scope itself. */
const answer = z.object({
  data: z.object({
    scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })).default([]),
  }),
});
/** It only decides what is offered: a start does not wait longer for it. */
const ASK_MS = 3_000;

/** Lets every message of a group come in ("获取群组中所有消息"). */
export const READ_ALL = "im:message.group_msg";
/** What "上传文件" needs: one of them is enough; the first is what an operator is told. */
export const UPLOAD = ["im:resource", "im:resource:upload"] as const;

/** The scopes that the app asks for: those in force, and those that wait for a version or an administrator. */
export interface Scopes {
  readonly granted: ReadonlySet<string>;
  readonly waiting: ReadonlySet<string>;
}

/** What the app was granted; null where Feishu does not tell. */
export async function readScopes(api: FeishuApi): Promise<Scopes | null> {
  const asked = api.call({ endpoint: "scopes", method: "GET", path: "/open-apis/application/v6/scopes" });
  const outcome = await Promise.race([asked, setTimeout(ASK_MS, null, { ref: false })]);
  return outcome?.ok === true ? scopesIn(outcome.body) : null;
}

/** The scopes in an answer; null where it is something else. */
export function scopesIn(body: unknown): Scopes | null {
  const parsed = answer.safeParse(body);
  if (!parsed.success) return null;
  const { scopes } = parsed.data.data;
  const names = (isGranted: boolean): string[] =>
    scopes
      .filter(({ grant_status: status }) => (status === 1) === isGranted)
      .map(({ scope_name: name }) => name);
  const granted = new Set(names(true));
  return { granted, waiting: new Set(names(false).filter((name) => !granted.has(name))) };
}
