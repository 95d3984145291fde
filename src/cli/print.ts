import type { Lang } from "../core/lang.ts";
import type { Message } from "../message/message.ts";
import { renderText } from "../message/text.ts";
import { withoutFiles } from "../views/export.ts";
import type { Format } from "./flags.ts";

/** A message on standard output, in a format; a file that comes with it takes its place. */
export async function print(message: Message, lang: Lang, format: Format): Promise<void> {
  switch (format) {
    case "text": {
      const [file] = message.files ?? [];
      if (file !== undefined) process.stdout.write(file.content);
      else
        say(
          renderText(message, { columns: Math.min(process.stdout.columns ?? 80, 100), colour: useColour() }),
        );
      return;
    }
    case "json":
      return say(JSON.stringify({ lang, ...message }, null, 2));
    case "slack": {
      const { renderSlack } = await import("../adapters/slack/render.ts");
      return say(JSON.stringify(renderSlack(withoutFiles(message, "", lang)), null, 2));
    }
    case "feishu": {
      const { renderFeishu } = await import("../adapters/feishu/render.ts");
      return say(JSON.stringify(renderFeishu(withoutFiles(message, "", lang)), null, 2));
    }
  }
}

export function useColour(): boolean {
  return process.stdout.isTTY && process.stdout.hasColors();
}

export function say(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
