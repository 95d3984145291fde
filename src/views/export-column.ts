import type { Commitment, Fact } from "../core/commitment.ts";
import type { Cell } from "./csv.ts";

/** A named column; what it has to say of a commitment and of a fact. */
export interface Column {
  readonly name: string;
  readonly commitment: (item: Commitment) => Cell;
  readonly fact: (item: Fact) => Cell;
}

/** A column that facts leave empty. */
export function of(name: string, commitment: Column["commitment"]): Column {
  return { name, commitment, fact: () => null };
}
