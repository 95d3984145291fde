import type { Answer } from "../bot/answer.ts";
import type { Lang } from "../core/lang.ts";
import type { Message } from "../message/message.ts";
import { renderText } from "../message/text.ts";
import { withoutFiles } from "../views/export.ts";
import type { Format } from "./flags.ts";
import type { Exit } from "./stop.ts";

/** How the terminal that asked wants it. */
export interface Paper {
  readonly format: Format;
  readonly columns: number;
  readonly colour: boolean;
}

/** What goes to the two outputs, and the code to end with. */
export interface Printed {
  readonly out: string;
  readonly err: string;
  readonly exit: Exit;
}

const EXITS: Readonly<Record<Answer["exit"], Exit>> = { answered: 0, user_error: 2, fault: 1, busy: 4 };

/** An answer as it is printed. */
export async function printed(answered: Answer, paper: Paper): Promise<Printed> {
  const { message, lang, failure, exit } = answered;
  const out = await messageText(message, lang, paper);
  return { out, err: failure === null ? "" : `${failure}\n`, exit: EXITS[exit] };
}

/** A message in a format; a file that comes with it takes its place as text. */
export async function messageText(
  message: Message,
  lang: Lang,
  { format, columns, colour }: Paper,
): Promise<string> {
  switch (format) {
    case "text": {
      const [file] = message.files ?? [];
      return file === undefined ? ended(renderText(message, { columns, colour })) : file.content;
    }
    case "json":
      return ended(JSON.stringify({ lang, ...message }, null, 2));
    case "slack": {
      const { renderSlack } = await import("../adapters/slack/render.ts");
      return ended(JSON.stringify(renderSlack(withoutFiles(message, "", lang)), null, 2));
    }
    case "feishu": {
      const { renderFeishu } = await import("../adapters/feishu/render.ts");
      return ended(JSON.stringify(renderFeishu(withoutFiles(message, "", lang)), null, 2));
    }
  }
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
