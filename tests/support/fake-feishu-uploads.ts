import type { Refusal } from "./fake-feishu-cards.ts";

/** A file that stands in a chat. */
export interface FakeFile {
  readonly name: string;
  /** Its content, as UTF-8. */
  readonly bytes: string;
  readonly chat: string;
}

const INVALID: Refusal = { code: 234001, msg: "Invalid request param." };

/** What was uploaded, and what of it was sent. */
export class FakeUploads {
  readonly files: FakeFile[] = [];
  private readonly kept = new Map<string, { name: string; bytes: Buffer }>();

  /** "上传文件" POST im/v1/files: file_type, file_name, and the file as a part with a file name; 30 MB at most, none empty. */
  file(contentType: string, body: Buffer): object | Refusal {
    const parts = partsOf(contentType, body);
    const part = parts.get("file");
    const [type, name] = [textIn(parts, "file_type"), textIn(parts, "file_name")];
    if (name === "" || part?.isFile !== true) return INVALID;
    if (!["opus", "mp4", "pdf", "doc", "xls", "ppt", "stream"].includes(type)) return INVALID;
    if (part.bytes.length === 0) return { code: 234010, msg: "File's size can't be 0." };
    if (part.bytes.length > 30 * 1024 * 1024)
      return { code: 234006, msg: "The file size exceed the max value." };
    const key = `file_v3_fake${this.kept.size}`;
    this.kept.set(key, { name, bytes: part.bytes });
    return { file_key: key };
  }

  /** "上传图片" POST im/v1/images: image_type and the image, 10 MB at most. */
  image(contentType: string, body: Buffer): object | Refusal {
    const parts = partsOf(contentType, body);
    const part = parts.get("image");
    // A picture needs no file name.
    if (textIn(parts, "image_type") !== "message" || part === undefined) return INVALID;
    if (part.bytes.length > 10 * 1024 * 1024)
      return { code: 234006, msg: "The file size exceed the max value." };
    return { image_key: `img_v3_fake${this.kept.size}` };
  }

  /** The name of a file that is now sent to a chat; null where no upload has that key. */
  sent(key: string, chat: string): string | null {
    const upload = this.kept.get(key);
    if (upload === undefined) return null;
    this.files.push({ name: upload.name, bytes: upload.bytes.toString("utf8"), chat });
    return upload.name;
  }
}

/** A part of multipart/form-data; a part without a file name is a text, as for every server. */
interface Part {
  readonly isFile: boolean;
  readonly bytes: Buffer;
}

/** The parts of multipart/form-data by name; none where it is no such body. */
function partsOf(contentType: string, body: Buffer): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  const [, boundary] = /^multipart\/form-data;.*boundary="?([^";]+)"?/.exec(contentType) ?? [];
  if (boundary === undefined) return parts;
  // One byte is one character in latin1, so that any file comes through whole.
  for (const piece of body.toString("latin1").split(`--${boundary}`).slice(1, -1)) {
    const [head = "", ...rest] = piece.slice(2, -2).split("\r\n\r\n");
    const [, name] = /[; ]name="([^"]*)"/i.exec(head) ?? [];
    if (name === undefined) continue;
    parts.set(name, {
      isFile: /[; ]filename\*?=/i.test(head),
      bytes: Buffer.from(rest.join("\r\n\r\n"), "latin1"),
    });
  }
  return parts;
}

function textIn(parts: ReadonlyMap<string, Part>, name: string): string {
  const part = parts.get(name);
  return part === undefined || part.isFile ? "" : part.bytes.toString("utf8");
}
