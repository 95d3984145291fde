import { z } from "zod";
import type { Refusal } from "./fake-feishu-cards.ts";

/** "飞书智能体支持 Slash Command": names without the slash, at most 100 of them, each once. */
const description = z.object({
  default_value: z.string().min(1),
  i18n: z.partialRecord(z.enum(["zh_cn", "en_us", "ja_jp", "zh_hk", "zh_tw"]), z.string()).optional(),
});
const created = z.object({
  command: z
    .string()
    .min(1)
    .regex(/^[^/\s]+$/),
  description,
  icon: z.object({ icon_key: z.string() }).optional(),
});
/** A command cannot be renamed, only deleted and made again. */
const patched = z.strictObject({ description: description.optional(), icon: created.shape.icon });

export type SlashCommand = z.infer<typeof created> & { readonly command_id: string };

const INVALID: Refusal = { code: 40000001, msg: "invalid param" };

/** The slash commands of the app, application/v7/app_slash_commands. */
export class FakeCommands {
  private readonly kept = new Map<string, SlashCommand>();
  private count = 0;

  all(): readonly SlashCommand[] {
    return [...this.kept.values()];
  }

  /** What an answer's `data` is, or the refusal. */
  handle(method: string, id: string, body: unknown): object | Refusal {
    if (method === "GET") return { items: this.all(), has_more: false };
    if (method === "POST") return this.create(body);
    const known = this.kept.get(id);
    if (known === undefined) return { code: 40000004, msg: "command not exists" };
    if (method === "DELETE") {
      this.kept.delete(id);
      return {};
    }
    const change = patched.safeParse(body);
    if (!change.success) return INVALID;
    this.kept.set(id, {
      ...known,
      ...change.data,
      description: change.data.description ?? known.description,
    });
    return {};
  }

  private create(body: unknown): object | Refusal {
    const command = created.safeParse(body);
    if (!command.success) return INVALID;
    if (this.all().some((other) => other.command === command.data.command))
      return { code: 40000000, msg: "command already exists" };
    if (this.kept.size >= 100) return { code: 40000002, msg: "command count exceeds the limit" };
    this.count += 1;
    const id = `cmd_fake${this.count}`;
    this.kept.set(id, { command_id: id, ...command.data });
    return { command_id: id };
  }
}
