import type { Kysely } from "kysely";
import type { EngineKind, Tables } from "../sql-tables.ts";

/** One step of the schema, forward only; a step that was released is never changed. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  up(db: Kysely<Tables>, kind: EngineKind): Promise<void>;
}
