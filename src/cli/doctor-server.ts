import { z } from "zod";
import { fault, hint, ok, type Finding } from "../core/finding.ts";

/** What GET /health answers, as far as it is read here. */
const health = z.object({
  version: z.string(),
  platforms: z.record(z.string(), z.object({ state: z.string(), detail: z.string().nullable() })),
});

const LIMIT_MS = 3_000;
/** An address that means every one of this machine's is reached by this one. */
const ANY = new Map([
  ["0.0.0.0", "127.0.0.1"],
  ["::", "[::1]"],
]);

/** Whether Qushi's server is there, and what it says of a chat. */
export async function checkServer(
  { host, port }: { readonly host: string; readonly port: number },
  chat: "slack" | "feishu",
): Promise<Finding> {
  const name = ANY.get(host) ?? (host.includes(":") ? `[${host}]` : host);
  const at = `http://${name}:${port}`;
  let body: unknown;
  try {
    const answer = await fetch(`${at}/health`, { signal: AbortSignal.timeout(LIMIT_MS) });
    body = await answer.json().catch(() => null);
  } catch {
    return hint(
      { zh: `HTTP：${at}/health 没有应答`, en: `HTTP: nothing answers at ${at}/health` },
      {
        zh: "启动区势（npm start）后再运行一次；反向代理要把公网的 https 地址转到这里（HOST、PORT）",
        en: "Start Qushi (npm start) and run this again; the reverse proxy passes the public https address on to it (HOST, PORT)",
      },
    );
  }
  const read = health.safeParse(body);
  if (!read.success)
    return fault(
      { zh: `HTTP：${at} 上应答的不是区势`, en: `HTTP: what answers at ${at} is not Qushi` },
      {
        zh: "换一个空闲的 PORT，或停下占用它的程序",
        en: "Set PORT to one that is free, or stop the program that has it",
      },
    );
  const { version, platforms } = read.data;
  const { state, detail } = platforms[chat] ?? { state: "stopped", detail: null };
  if (state === "connected")
    return ok(
      `HTTP：区势 ${version} 正在 ${at} 运行，${chat} 正常`,
      `HTTP: Qushi ${version} runs at ${at}, and ${chat} is well`,
    );
  const why = detail === null ? state : `${state}, ${detail}`;
  return hint(
    {
      zh: `HTTP：区势 ${version} 正在 ${at} 运行，但 ${chat} 是 ${why}`,
      en: `HTTP: Qushi ${version} runs at ${at}, but ${chat} is ${why}`,
    },
    {
      zh: "看运行中的区势的日志；刚改过 .env 就重新启动它",
      en: "Look at the log of the running Qushi; after a change of .env start it again",
    },
  );
}
