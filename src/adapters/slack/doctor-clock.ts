import { fault, hint, ok, type Finding } from "../../core/finding.ts";
import { FIXES } from "./doctor-words.ts";

/** Signed requests that are older or newer are refused (docs.slack.dev/authentication/verifying-requests-from-slack). */
const SIGNATURE_MS = 5 * 60_000;
/** From here on it is worth a word: the times of digests are this machine's. */
const WORTH_A_WORD_MS = 60_000;

/** Our clock against Slack's, by the Date header of api.test; nothing where Slack is out of reach, which others report. */
export async function checkClock(
  apiUrl: string | null,
  now: () => Date,
  limitMs: number,
  isHttp: boolean,
): Promise<readonly Finding[]> {
  let date: string | null;
  try {
    const answer = await fetch(`${apiUrl ?? "https://slack.com/api/"}api.test`, {
      method: "POST",
      signal: AbortSignal.timeout(limitMs),
    });
    await answer.arrayBuffer();
    date = answer.headers.get("date");
  } catch {
    return [];
  }
  const theirs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return [];
  const off = now().getTime() - theirs;
  const seconds = Math.round(Math.abs(off) / 1_000);
  if (Math.abs(off) < WORTH_A_WORD_MS)
    return [ok("时钟：与 Slack 一致（相差不到 1 分钟）", "clock: agrees with Slack's (within a minute)")];
  const what = {
    zh: `时钟：比 Slack ${off > 0 ? "快" : "慢"} ${seconds} 秒`,
    en: `clock: ${seconds} s ${off > 0 ? "ahead of" : "behind"} Slack's`,
  };
  return [isHttp && Math.abs(off) >= SIGNATURE_MS ? fault(what, FIXES.clock) : hint(what, FIXES.clock)];
}
