import { test } from "vitest";
import { broken, expectTold } from "./breaks.ts";

test.each([
  broken(
    "a proof that is missing",
    "knockdoon.yaml",
    `    proof: { en: "The library's published opening hours." }\n`,
    "",
    /check acts has no proof/,
    { below: -2 },
  ),
  broken(
    "a proof too many",
    "knockdoon.yaml",
    "    check: none\n",
    "    check: none\n    proof: { en: A sign. }\n",
    /check none has no proof/,
    { below: 1 },
  ),
  broken("a target without a kind", "harbour.yaml", "    kind: milestone\n", "", /target has no kind/, {
    below: 1,
  }),
  broken(
    "a target without a measure",
    "harbour.yaml",
    "    measure: wall-stages\n",
    "",
    /target has no measure/,
  ),
  broken(
    "a kind without a target",
    "knockdoon.yaml",
    "    modality: position\n",
    "    modality: position\n    kind: level\n",
    /kind stands without a target/,
    { below: 1 },
  ),
  broken(
    "a figure without a target",
    "knockdoon.yaml",
    "    check: none\n",
    "    check: figure\n    proof: { en: A sign. }\n",
    /check figure has no target/,
  ),
  broken(
    "a baseline of something that adds up",
    "harbour.yaml",
    "kind: level\n    measure: bus-lanes",
    "kind: cumulative\n    measure: bus-lanes",
    /only a target of kind level/,
    { below: 3 },
  ),
  broken(
    "a unit that does not convert",
    "harbour.yaml",
    "value: 11, unit: km",
    "value: 11, unit: homes",
    /"homes" does not measure bus-lanes/,
  ),
  broken(
    "a unit of a scale",
    "st-brigids.yaml",
    "unit: € million",
    'unit: "%"',
    /"%" does not measure investment/,
  ),
  broken(
    "a wording without its figure",
    "harbour.yaml",
    "original: 11 km",
    "original: a good length",
    /target is 11 km, its original "a good length" says no figure/,
  ),
  broken(
    "a value that is not that of its wording",
    "harbour.yaml",
    "value: 240",
    "value: 250",
    /target is 250 homes, its original "at least 240 homes" says 240/,
  ),
  broken(
    "a comparator that is not that of its wording",
    "harbour.yaml",
    'target: { op: ">=", value: 240',
    'target: { op: "=", value: 240',
    /has op "=".*Write op: ">="/,
  ),
  broken(
    "a range that goes down",
    "st-brigids.yaml",
    "min: 2, max: 4",
    "min: 4, max: 2",
    /min is not below its max/,
  ),
])("$name is told with its line", async (each) => {
  await expectTold("ballycastle-2025", each);
});
