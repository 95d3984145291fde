import { test } from "vitest";
import { broken, expectTold } from "./breaks.ts";

test.each([
  broken("an id twice", "harbour.yaml", "id: HB-002", "id: HB-001", /"HB-001" is taken/),
  broken("a retired id", "harbour.yaml", "id: HB-004", "id: HB-005", /HB-005 is retired/),
  broken("an id of another district", "harbour.yaml", "id: HB-004", "id: KN-009", /not one of HB/),
  broken("a theme code twice", "themes.yaml", "code: coast,", "code: housing,", /"housing" is taken/),
  broken("a paragraph twice", "sources.yaml", "number: 15", "number: 14", /"paragraph 14" is taken/),
  broken(
    "an unknown theme",
    "harbour.yaml",
    "theme: coast",
    "theme: costa",
    /no theme "costa". Did you mean coast\?/,
  ),
  broken(
    "an unknown part",
    "harbour.yaml",
    "    theme: coast\n    part: streets",
    "    theme: coast\n    part: street",
    /no part "street"/,
    { below: 1 },
  ),
  broken(
    "an unknown measure",
    "harbour.yaml",
    "measure: bus-lanes",
    "measure: bus-lane",
    /no measure "bus-lane"/,
  ),
  broken(
    "an unknown measure of a scale",
    "st-brigids.yaml",
    "measure: investment",
    "measure: money",
    /no measure "money"/,
  ),
  broken(
    "an unknown occasion",
    "st-brigids.yaml",
    "due: { date: 2025-08-31, text: in August, basis: inferred }\n    occasion: maritime-week",
    "due: { date: 2025-08-31, text: in August, basis: inferred }\n    occasion: regatta",
    /no occasion "regatta"/,
    { below: 1 },
  ),
  broken("an unknown whole", "st-brigids.yaml", "partOf: SB-005", "partOf: SB-050", /no commitment "SB-050"/),
  broken(
    "a ring of parts",
    "st-brigids.yaml",
    "    title: { en: Creamery Yard }",
    "    partOf: SB-001\n    title: { en: Creamery Yard }",
    /goes round: SB-001, SB-005, SB-001/,
    { elsewhere: "st-brigids.yaml" },
  ),
  broken(
    "an unknown source",
    "harbour.yaml",
    "source: { id: lantern-2025-01-20, paragraph: 6 }",
    "source: { id: lamp-2025-01-20, paragraph: 6 }",
    /no source "lamp-2025-01-20"/,
  ),
  broken(
    "a paragraph that is not listed",
    "harbour.yaml",
    "paragraph: 6 }",
    "paragraph: 7 }",
    /no paragraph 7/,
  ),
])("$name is told with its line", async (each) => {
  await expectTold("ballycastle-2025", each);
});
