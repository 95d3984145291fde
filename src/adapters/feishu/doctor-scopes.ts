import { fault, hint, ok, type Finding } from "../../core/finding.ts";
import type { AdminApi } from "./doctor-api.ts";
import { briefly, fixFor, type Console } from "./doctor-words.ts";
import { SCOPES, SENSITIVE, type FeishuScope } from "./manifest.ts";
import { scopesIn, type Scopes } from "./scopes.ts";

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
  const scopes = scopesIn(answer.body) ?? { granted: new Set<string>(), waiting: new Set<string>() };
  const missing = lackingScopes(scopes, where);
  const all = ok(
    `权限：需要的 ${SCOPES.length} 项都已授予`,
    `scopes: all ${SCOPES.length} that are needed are granted`,
  );
  return [...(missing.length === 0 ? [all] : missing), sensitive(scopes.granted.has(SENSITIVE.name))];
}

/** The scopes that are not in force, in the manifest's order. */
export function lackingScopes({ granted, waiting }: Scopes, where: Console): readonly Finding[] {
  return SCOPES.filter(({ name, or }) => ![name, ...or].some((each) => granted.has(each))).map((scope) =>
    lacking(scope, waiting.has(scope.name), where),
  );
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
