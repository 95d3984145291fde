import type { Localized } from "../../core/lang.ts";
import { openAdmin, type AdminOptions } from "./doctor-api.ts";
import { briefly, credentials, fixFor } from "./doctor-words.ts";
import { wrongCredentials, type Failure } from "./failure.ts";
import {
  MOST_COMMANDS,
  applySlashPlan,
  listSlashCommands,
  planSlashCommands,
  type SlashCommand,
  type SlashStep,
} from "./slash-commands.ts";

const DONE: Readonly<Record<SlashStep["act"], Localized>> = {
  created: { zh: "已登记", en: "registered" },
  updated: { zh: "已更新说明", en: "description updated" },
  removed: { zh: "已删除", en: "removed" },
};

/** Makes Feishu's / commands ours, and no others, and says what it did; `failed`: the last line says why it stopped. */
export async function syncSlashCommands(
  options: AdminOptions,
  wanted: readonly SlashCommand[],
): Promise<{ readonly lines: readonly Localized[]; readonly failed: boolean }> {
  if (wanted.length > MOST_COMMANDS)
    throw new Error(`${wanted.length} commands, Feishu takes ${MOST_COMMANDS}`);
  const { api } = await openAdmin(options);
  const stopped = (failure: Failure, scope: string, done: readonly Localized[] = []) => {
    const why = briefly(failure);
    const fix = wrongCredentials(failure) ? credentials(options.domain) : fixFor(failure, scope, options);
    const last = {
      zh: `飞书没有接受（${why}）。${fix.zh ?? ""}`,
      en: `Feishu refused (${why}). ${fix.en ?? ""}`,
    };
    return { lines: [...done, last], failed: true };
  };
  if ("failure" in api) return stopped(api.failure, "");
  const listed = await listSlashCommands(api);
  if ("failure" in listed) return stopped(listed.failure, "application:app_slash_command:read");
  const plan = planSlashCommands(wanted, listed.commands);
  const steps = await applySlashPlan(api, plan);
  const lines = steps
    .filter(({ failure }) => failure === null)
    .map(({ act, command }) => ({
      zh: `/${command} ${DONE[act].zh ?? ""}`,
      en: `/${command} ${DONE[act].en ?? ""}`,
    }));
  const failure = steps.find((step) => step.failure !== null)?.failure ?? null;
  if (failure !== null) return stopped(failure, "application:app_slash_command:write", lines);
  const unchanged = { zh: `${plan.same.length} 条不变`, en: `${plan.same.length} unchanged` };
  return { lines: [...lines, unchanged], failed: false };
}
