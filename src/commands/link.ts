import { Fault } from "../core/errors.ts";

/** Longest link that is kept, in characters. */
export const LINK_LIMIT = 2_000;
/** Any scheme; `example.com/x` has none and is no link. */
const SCHEME = /^[a-z][a-z\d+.-]*:/iu;

/** Whether a word is meant as a link, of whatever kind. */
export function isLinkLike(word: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//iu.test(word) || /^(?:javascript|data|mailto|file):/iu.test(word);
}

/** A link that may be kept. Throws Fault, without repeating it, for one that is not http(s), too long, or carries a password. */
export function readLink(word: string): string {
  const refused = (why: "scheme" | "too_long" | "password" | "unreadable"): Fault =>
    new Fault({ code: "bad_link", why, limit: LINK_LIMIT });
  if (word.length > LINK_LIMIT) throw refused("too_long");
  if (!SCHEME.test(word) || !URL.canParse(word)) throw refused("unreadable");
  const { protocol, username, password, hostname } = new URL(word);
  if (protocol !== "http:" && protocol !== "https:") throw refused("scheme");
  if (username !== "" || password !== "") throw refused("password");
  if (hostname === "") throw refused("unreadable");
  return word;
}
