import { basename } from "node:path";
import { expect } from "vitest";
import { loadDataset } from "../../../src/dataset/load.ts";
import { scratch } from "./scratch.ts";

/** A break of a good dataset, and the words of the fault that tells of it on the edited line (or another one). */
export interface Break {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly says: RegExp;
  /** Lines below (or above) the beginning of the edit. */
  readonly below?: number;
  /** The file of the fault where it is another thing that is told; any line counts then. */
  readonly elsewhere?: string;
}

export function broken(
  name: string,
  file: string,
  from: string,
  to: string,
  says: RegExp,
  rest: Pick<Break, "below" | "elsewhere"> = {},
): Break {
  return { name, file, from, to, says, ...rest };
}

/** Breaks a copy of the dataset and expects no dataset, and a fault at that place in those words. */
export async function expectTold(id: string, each: Break): Promise<void> {
  const copy = await scratch(id);
  const line = await copy.edit(each.file, each.from, each.to);
  const { dataset, faults } = await loadDataset(copy.folder);
  expect(dataset).toBeNull();
  const file = each.elsewhere ?? each.file;
  const told = faults.filter(
    (fault) => basename(fault.file) === file && each.says.test(`${fault.what}. ${fault.fix}`),
  );
  expect(told, JSON.stringify(faults, null, 1)).not.toEqual([]);
  if (each.elsewhere === undefined)
    expect(told.map((fault) => fault.line)).toContain(line + (each.below ?? 0));
}
