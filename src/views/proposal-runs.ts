import type { Lang } from "../core/lang.ts";
import type { EntryOf } from "../core/record.ts";
import type { Button } from "../message/message.ts";
import { say } from "./print.ts";

/** The lines that decide about a proposal, pinned to it by its number: an old card never decides about another one. */
export function proposalRuns(
  { commitmentId, seq }: EntryOf<"rating_proposed">,
  lang: Lang,
): { readonly approve: string; readonly giveBack: string } {
  return {
    approve: say(lang, `通过 ${commitmentId} #${seq}`, `approve ${commitmentId} #${seq}`),
    giveBack: say(lang, `退回 ${commitmentId} #${seq}`, `return ${commitmentId} #${seq}`),
  };
}

/** Approve, return. */
export function proposalButtons(proposal: EntryOf<"rating_proposed">, lang: Lang): readonly Button[] {
  const { approve, giveBack } = proposalRuns(proposal, lang);
  return [
    { label: say(lang, "通过", "Approve"), run: approve, primary: true },
    { label: say(lang, "退回", "Return"), run: giveBack },
  ];
}
