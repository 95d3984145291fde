import { test } from "vitest";
import { broken, expectTold } from "./breaks.ts";

test.each([
  broken("an unknown key", "harbour.yaml", "    path: steps\n", "    paths: steps\n", /unknown key "paths"/),
  broken(
    "a missing key",
    "knockdoon.yaml",
    "    title: { en: Library on Sundays }\n",
    "",
    /commitments\[0\]\.title is missing/,
    { below: -1 },
  ),
  broken("a null", "harbour.yaml", "path: steps", "path: null", /path has a value that is not known.*steps/),
  broken(
    "a text that is a number",
    "harbour.yaml",
    "title: { en: Sea wall }",
    "title: { en: 2025 }",
    /title\.en is not a text.*quotes/,
  ),
  broken(
    "an unknown modality",
    "knockdoon.yaml",
    "modality: position",
    "modality: wish",
    /Use one of: target, forecast/,
  ),
  broken(
    "a day that does not exist",
    "harbour.yaml",
    "date: 2025-09-30",
    "date: 2025-09-31",
    /not a day that exists/,
  ),
  broken("a day that is no day", "harbour.yaml", "date: 2025-09-30", "date: soon", /not a day that exists/),
  broken(
    "a value beside a range",
    "st-brigids.yaml",
    "{ min: 2, max: 4,",
    "{ min: 2, max: 4, value: 3,",
    /op and value, or min and max/,
  ),
  broken(
    "a list that is none",
    "knockdoon.yaml",
    "commitments:\n",
    "commitments: none\nother:\n",
    /commitments is not a list/,
  ),
  broken(
    "an unknown zone",
    "dataset.yaml",
    "zone: Europe/Dublin",
    "zone: Europe/Dublon",
    /zone "Europe\/Dublon" is unknown/,
  ),
  broken(
    "a district without a file",
    "dataset.yaml",
    "districts: [HB, SB, KN]",
    "districts: [HB, SB, KN, XX]",
    /XX has no file/,
  ),
  broken(
    "a file without a listed district",
    "dataset.yaml",
    "districts: [HB, SB, KN]",
    "districts: [HB, SB]",
    /KN is not listed/,
    { elsewhere: "knockdoon.yaml" },
  ),
  broken("a second file of a district", "knockdoon.yaml", "code: KN", "code: SB", /SB has another file/, {
    elsewhere: "st-brigids.yaml",
  }),
])("$name is told with its line", async (each) => {
  await expectTold("ballycastle-2025", each);
});
