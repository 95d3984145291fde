import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { jsonSchemas } from "../src/dataset/json-schema.ts";

// Writes docs/schema/*.json from the schemas that load the data; tests/unit/dataset/json-schema.test.ts keeps them current.
const folder = fileURLToPath(new URL("../docs/schema/", import.meta.url));
await mkdir(folder, { recursive: true });
for (const { name, schema } of jsonSchemas()) {
  const file = `${folder}${name}`;
  const options = { ...(await resolveConfig(file)), filepath: file };
  await writeFile(file, await format(JSON.stringify(schema, null, 2), options));
}
