import { createDecipheriv, createHash, timingSafeEqual } from "node:crypto";

const sha256 = (...parts: readonly (string | Buffer)[]): Buffer => {
  const made = createHash("sha256");
  for (const part of parts) made.update(part);
  return made.digest();
};

/** Compares in a time that tells nothing of where, or in what length, the two differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** `X-Lark-Signature` over the raw body ("接收并处理事件", 签名校验): lower-case hex of a SHA-256. */
export function isSigned(
  { timestamp, nonce, signature }: Record<"timestamp" | "nonce" | "signature", string>,
  encryptKey: string,
  body: Buffer,
): boolean {
  return sameSecret(sha256(timestamp, nonce, encryptKey, body).toString("hex"), signature);
}

/**
 * The text in an encrypted body ("解密事件"): base64 of a 16-byte IV and AES-256-CBC, the key the SHA-256 of the encrypt
 * key; null where it is none. Node's own cipher, not the SDK's AESCipher: the same few lines, and requests can be
 * refused before the SDK is loaded.
 */
export function decrypt(encrypted: string, encryptKey: string): string | null {
  try {
    const bytes = Buffer.from(encrypted, "base64");
    const cipher = createDecipheriv("aes-256-cbc", sha256(encryptKey), bytes.subarray(0, 16));
    return Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
