import { Fault } from "../core/errors.ts";
import { parsePerson, type Person } from "../core/place.ts";

/**
 * Somebody named in a line: as the platform writes a mention (`<@U1>`, `ou_x`), or with it (`slack:T1:U1`,
 * `feishu:ou_x`, `terminal:NAME`). Throws Fault for any other word.
 */
export function readPerson(word: string, { platform, workspace }: Person): Person {
  const text = word.trim();
  const slack = /^<?@?([UW][A-Z0-9]+)(?:\|[^<>]*)?>?$/u.exec(text);
  if (slack !== null && platform === "slack") return { platform, workspace, id: slack[1] ?? "" };
  const feishu = /^@?(ou_[A-Za-z0-9]+)$/u.exec(text);
  if (feishu !== null) return { platform: "feishu", workspace: null, id: feishu[1] ?? "" };
  const terminal = /^terminal:([^\s:]{1,60})$/u.exec(text);
  if (terminal !== null) return { platform: "terminal", workspace: null, id: terminal[1] ?? "" };
  const named = parsePerson(text);
  if (named !== null) return named;
  throw new Fault({ code: "unknown_person", text: text.slice(0, 60) });
}
