import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { KNOWN } from "../../src/config/variables.ts";
import { readConfig } from "../../src/config.ts";

const EXAMPLE = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");

test(".env.example has every variable once, and as it stands asks for nothing but the defaults", () => {
  const set = [...EXAMPLE.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
    ([, name = "", value = ""]) => [name, value] as const,
  );
  expect(set.map(([name]) => name).toSorted()).toEqual(KNOWN.toSorted());
  expect(readConfig(Object.fromEntries(set))).toEqual(readConfig({}));
});
