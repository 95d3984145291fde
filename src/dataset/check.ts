import { checkDates } from "./check-dates.ts";
import { checkDistricts } from "./check-districts.ts";
import { checkIds } from "./check-ids.ts";
import { checkLanguages } from "./check-languages.ts";
import { checkMilestones } from "./check-milestones.ts";
import { checkNames } from "./check-names.ts";
import { checkReferences } from "./check-references.ts";
import { checkSources } from "./check-sources.ts";
import { checkStated } from "./check-stated.ts";
import { checkTargets } from "./check-targets.ts";
import { checkTexts } from "./check-texts.ts";
import type { Draft } from "./draft.ts";
import type { DatasetFault } from "./fault.ts";

/** Everything that can be wrong with a dataset beyond the shape of its rows, and without its article. */
export function checkDraft(draft: Draft): DatasetFault[] {
  return [
    checkDistricts,
    checkIds,
    checkReferences,
    checkNames,
    checkLanguages,
    checkTargets,
    checkDates,
    checkMilestones,
    checkStated,
    checkTexts,
    checkSources,
  ].flatMap((check) => check(draft));
}
