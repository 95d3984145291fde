import { z } from "zod";
import { fault, hint, ok, type Finding } from "../../core/finding.ts";
import type { AdminApi } from "./doctor-api.ts";
import { briefly, fixFor, type Console } from "./doctor-words.ts";
import { SCOPES, SENSITIVE, type FeishuScope } from "./manifest.ts";

/** "查询租户授权状态": every scope that the app asks for; grant_status 1 is granted, 2 is not. Needs no scope itself. */
const granted = z.object({
  data: z.object({
    scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })).default([]),
  }),
});

/** Granted scopes against needed ones. */
export async function checkScopes(api: AdminApi, where: Console): Promise<readonly Finding[]> {
  const answer = await api.call({ method: "GET", path: "/open-apis/application/v6/scopes" });
  if (!answer.ok) {
    const why = briefly(answer.failure);
    return [
      hint(
        {
          zh: `权限：查不到已授予的权限（${why}）`,
          en: `scopes: what is granted could not be asked (${why})`,
        },
        fixFor(answer.failure, "", where),
      ),
    ];
  }
  const rows = granted.safeParse(answer.body).data?.data.scopes ?? [];
  const has = new Set(
    rows.filter(({ grant_status }) => grant_status === 1).map(({ scope_name }) => scope_name),
  );
  // Asked for, but only by a version that is not published or not approved yet.
  const waiting = new Set(rows.map(({ scope_name }) => scope_name).filter((name) => !has.has(name)));
  const missing = SCOPES.filter(({ name, or }) => ![name, ...or].some((each) => has.has(each)));
  const needed =
    missing.length === 0
      ? [
          ok(
            `权限：需要的 ${SCOPES.length} 项都已授予`,
            `scopes: all ${SCOPES.length} that are needed are granted`,
          ),
        ]
      : missing.map((scope) => lacking(scope, waiting.has(scope.name), where));
  return [...needed, sensitive(has.has(SENSITIVE.name))];
}

/** Not asked for by default: that it is not there is nothing to mend. */
function sensitive(isGranted: boolean): Finding {
  const { name, without } = SENSITIVE;
  return isGranted
    ? ok(
        `权限：有 ${name}（可选）：讨论话题里数回复、问链接`,
        `scopes: ${name} is granted (optional): replies are counted and links offered in discussion threads`,
      )
    : ok(
        `权限：没有 ${name}（可选）：${without.zh ?? ""}`,
        `scopes: ${name} is not granted (optional): ${without.en ?? ""}`,
      );
}

function lacking({ name, why, without }: FeishuScope, isWaiting: boolean, where: Console): Finding {
  const page = `${where.domain}/app/${where.appId}`;
  const effect = without ?? why;
  const what = {
    zh: `权限：没有 ${name}${without === null ? "，需要它" : ""}：${effect.zh ?? ""}`,
    en: `scopes: ${name} is not granted${without === null ? ", and it is needed" : ""}: ${effect.en ?? ""}`,
  };
  const fix = isWaiting
    ? {
        zh: `已申请、未生效：在 ${page}/version（版本管理与发布）发布一个版本，或等管理员审批`,
        en: `Asked for, not in force: publish a version at ${page}/version (Version Management & Release), or wait for the administrator`,
      }
    : {
        zh: `在 ${page}/auth（权限管理）批量导入 qushi manifest feishu 打印的 JSON，再发布一个版本`,
        en: `Batch import the JSON that qushi manifest feishu prints at ${page}/auth (Permissions & Scopes), then publish a version`,
      };
  return without === null ? fault(what, fix) : hint(what, fix);
}
