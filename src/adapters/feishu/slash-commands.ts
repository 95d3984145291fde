import { z } from "zod";
import type { Lang } from "../../core/lang.ts";
import type { AdminApi, AdminAnswer } from "./doctor-api.ts";
import type { Failure } from "./failure.ts";

/** A command of the panel that opens at "/" in the input box; it arrives as an ordinary message, `/name …`. */
export interface SlashCommand {
  /** Without the slash. */
  readonly command: string;
  readonly description: Readonly<Record<Lang, string>>;
}

/** One command as Feishu has it. */
export interface Registered {
  readonly id: string;
  readonly command: string;
  readonly zh: string | null;
  readonly en: string | null;
}

/** What has to be done so that Feishu has just our commands. */
export interface SlashPlan {
  readonly create: readonly SlashCommand[];
  readonly update: readonly { readonly id: string; readonly wanted: SlashCommand }[];
  readonly remove: readonly Registered[];
  readonly same: readonly SlashCommand[];
}

/** One thing that was done, or the failure that ended it. */
export interface SlashStep {
  readonly act: "created" | "updated" | "removed";
  readonly command: string;
  readonly failure: Failure | null;
}

/** "飞书智能体支持 Slash Command": all of an app's commands in one page, at most 100. */
const PATH = "/open-apis/application/v7/app_slash_commands";
/** As on the same page. */
export const MOST_COMMANDS = 100;
const ALREADY_THERE = 40_000_000;

const word = z.string().optional().catch(undefined);
const listed = z.object({
  data: z.object({
    items: z
      .array(
        z.object({
          command_id: z.string().min(1),
          command: z.string(),
          description: z
            .object({ i18n: z.object({ zh_cn: word, en_us: word }).optional().catch(undefined) })
            .optional()
            .catch(undefined),
        }),
      )
      .default([]),
  }),
});

export async function listSlashCommands(
  api: AdminApi,
): Promise<{ readonly commands: readonly Registered[] } | { readonly failure: Failure }> {
  const answer = await api.call({ method: "GET", path: PATH });
  if (!answer.ok) return { failure: answer.failure };
  const read = listed.safeParse(answer.body);
  if (!read.success) return { failure: { kind: "unreadable" } };
  return {
    commands: read.data.data.items.map(({ command_id: id, command, description }) => ({
      id,
      command,
      zh: description?.i18n?.zh_cn ?? null,
      en: description?.i18n?.en_us ?? null,
    })),
  };
}

/** Renaming is removing and creating: Feishu changes descriptions only. */
export function planSlashCommands(wanted: readonly SlashCommand[], there: readonly Registered[]): SlashPlan {
  const byName = new Map(there.map((each) => [each.command, each]));
  const isSame = ({ command, description: { zh, en } }: SlashCommand): boolean => {
    const known = byName.get(command);
    return known?.zh === zh && known.en === en;
  };
  return {
    create: wanted.filter(({ command }) => !byName.has(command)),
    update: wanted.flatMap((each) => {
      const known = byName.get(each.command);
      return known === undefined || isSame(each) ? [] : [{ id: known.id, wanted: each }];
    }),
    remove: there.filter((each) => !wanted.some(({ command }) => command === each.command)),
    same: wanted.filter(isSame),
  };
}

function body({ command, description: { zh, en } }: SlashCommand): Readonly<Record<string, unknown>> {
  return { command, description: { default_value: en, i18n: { zh_cn: zh, en_us: en } } };
}

/** Carries out a plan: removes first, so that there is room. Ends at the first failure, which is the last step given. */
export async function applySlashPlan(api: AdminApi, plan: SlashPlan): Promise<readonly SlashStep[]> {
  const steps: SlashStep[] = [];
  const did = (act: SlashStep["act"], command: string, answer: AdminAnswer): boolean => {
    // Two people registering at once: it is there, which is what was wanted.
    const isThere =
      act === "created" &&
      !answer.ok &&
      answer.failure.kind === "refused" &&
      answer.failure.code === ALREADY_THERE;
    steps.push({ act, command, failure: answer.ok || isThere ? null : answer.failure });
    return answer.ok || isThere;
  };
  const at = (id: string): string => `${PATH}/${encodeURIComponent(id)}`;
  for (const { id, command } of plan.remove)
    if (!did("removed", command, await api.call({ method: "DELETE", path: at(id) }))) return steps;
  for (const { id, wanted } of plan.update) {
    const { description } = body(wanted);
    const answer = await api.call({ method: "PATCH", path: at(id), data: { description } });
    if (!did("updated", wanted.command, answer)) return steps;
  }
  for (const wanted of plan.create)
    if (!did("created", wanted.command, await api.call({ method: "POST", path: PATH, data: body(wanted) })))
      return steps;
  return steps;
}
