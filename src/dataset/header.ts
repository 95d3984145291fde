import type { Header } from "./draft.ts";
import type { DatasetFault } from "./fault.ts";
import { fit, fitting, withoutUndefined } from "./issues.ts";
import { recordOf, type YamlFile } from "./read-yaml.ts";
import { localizedOf } from "./rows.ts";
import { datasetFile } from "./schema.ts";

/** `dataset.yaml` key by key: what is right serves the other checks though something else is wrong. */
export function readHeader(file: YamlFile | null): {
  readonly item: Header;
  readonly faults: readonly DatasetFault[];
} {
  if (file === null) return { item: {}, faults: [] };
  const head = recordOf(file.content);
  // 2026.10 is a version, not the number 2026.1.
  const version = typeof head["version"] === "number" ? file.typed(["version"]) : head["version"];
  const content =
    typeof file.content === "object" && file.content !== null
      ? { ...head, ...("version" in head ? { version } : {}) }
      : file.content;
  const { faults } = fit(datasetFile, content, file, []);
  const { shape } = datasetFile;
  const title = fitting(shape.title, head["title"]);
  const city = fitting(shape.city, head["city"]);
  const coverage = fitting(shape.coverage, head["coverage"]);
  const item = withoutUndefined({
    title: title && localizedOf(title),
    city: city && localizedOf(city),
    coverage: coverage && localizedOf(coverage),
    year: fitting(shape.year, head["year"]),
    zone: fitting(shape.zone, head["zone"]),
    languages: fitting(shape.languages, head["languages"]),
    calendar: fitting(shape.calendar, head["calendar"]),
    version: fitting(shape.version, version),
    invented: fitting(shape.invented, head["invented"]),
    districts: fitting(shape.districts, head["districts"]),
    retired: fitting(shape.retired, head["retired"]),
  });
  return { item, faults };
}
