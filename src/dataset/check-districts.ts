import { isZone } from "../core/day.ts";
import type { Draft } from "./draft.ts";
import { faultAt, list, shown, type DatasetFault } from "./fault.ts";

/** The folder's name, the zone, and the list of districts against their files. */
export function checkDistricts({ id, folder, header, districts, known }: Draft): DatasetFault[] {
  const faults: DatasetFault[] = [];
  if (!/^[a-z0-9-]+$/u.test(id)) {
    faults.push(
      faultAt(
        { file: folder, line: 1 },
        `${shown(id)} is no id of a dataset`,
        "Name the folder with a-z, 0-9 and hyphens.",
      ),
    );
  }
  const { zone, districts: listed } = header.item;
  if (zone !== undefined && !isZone(zone)) {
    faults.push(
      faultAt(
        header.at(["zone"]),
        `The time zone ${shown(zone)} is unknown`,
        "Use an IANA name, like Asia/Shanghai.",
      ),
    );
  }
  const files = new Map<string, string>();
  for (const { item, at } of districts) {
    const place = at(["code"]);
    const other = files.get(item.code);
    if (other !== undefined) {
      faults.push(
        faultAt(place, `The district ${item.code} has another file, ${other}`, "Keep one file per district."),
      );
    }
    files.set(item.code, place.file);
    if (listed !== undefined && !listed.includes(item.code)) {
      faults.push(
        faultAt(
          place,
          `The district ${item.code} is not listed in dataset.yaml`,
          `Add it to districts there, or correct the code; listed: ${list(listed)}.`,
        ),
      );
    }
  }
  for (const [index, code] of (listed ?? []).entries()) {
    const at = header.at(["districts", index], code);
    if (listed?.indexOf(code) !== index)
      faults.push(faultAt(at, `The district ${code} is listed twice`, "Remove one of the two."));
    if (known.districts !== null && !known.districts.has(code)) {
      faults.push(
        faultAt(
          at,
          `The district ${code} has no file`,
          `Add a file with code: ${code}, or remove it from the list.`,
        ),
      );
    }
  }
  return faults;
}
