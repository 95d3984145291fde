import { test } from "vitest";
import { broken, expectTold } from "./breaks.ts";

test.each([
  broken(
    "names that collide",
    "themes.yaml",
    "aliases: [homes]",
    "aliases: [Homes-and Streets]",
    /"Homes-and Streets" names the theme housing and also the part streets|names the part streets and also the theme housing/,
    { elsewhere: "dataset.yaml" },
  ),
  broken(
    "an alias that is another district",
    "harbour.yaml",
    "aliases: [the quays]",
    "aliases: [Knock doon]",
    /names the district/,
    { elsewhere: "knockdoon.yaml" },
  ),
  broken(
    "an apostrophe apart",
    "themes.yaml",
    "aliases: [tourism]",
    "aliases: [st brigid’s]",
    /and also the district SB/,
  ),
  broken(
    "a language too many",
    "harbour.yaml",
    "title: { en: Sea wall }",
    "title: { en: Sea wall, zh: 海堤 }",
    /title has zh, which the dataset does not declare/,
  ),
  broken(
    "a title twice",
    "knockdoon.yaml",
    "title: { en: Answers to letters }",
    "title: { en: library on  Sundays }",
    /same title as KN-001/,
  ),
  broken(
    "a text that does not state the target",
    "harbour.yaml",
    "At least 240 homes are",
    "Homes are",
    /does not state the target, 240 homes/,
  ),
  broken(
    "a figure that the paragraph's list lacks",
    "harbour.yaml",
    "pass all 4 stages",
    "pass all 4 stages, 9 of them wet,",
    /says "9", which is not among the figures of paragraph 6/,
  ),
  broken(
    "a digit that cannot be read",
    "harbour.yaml",
    "pass all 4 stages",
    "pass all 4 stages (②)",
    /cannot be read without guessing/,
  ),
  broken(
    "an id that does not exist",
    "harbour.yaml",
    "Stages are counted",
    "Stages (see SB-099) are counted",
    /mentions SB-099/,
  ),
  broken(
    "a figure that nothing uses",
    "sources.yaml",
    '"240 homes"',
    '"240 homes", "7 storeys"',
    /uses the figure "7 storeys"/,
  ),
  broken(
    "a figure that is none",
    "sources.yaml",
    '"240 homes"',
    '"240 homes", "plenty"',
    /"plenty" is no figure/,
  ),
  broken(
    "a name that nothing uses",
    "sources.yaml",
    '"Mend & Tea"',
    '"Mend & Coffee"',
    /uses the name "Mend & Coffee"/,
  ),
])("$name is told with its line", async (each) => {
  await expectTold("ballycastle-2025", each);
});
