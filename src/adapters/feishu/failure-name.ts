/** What may be logged of an error: its name and, for ours, the platform's own code; messages can quote people. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const at = /\n\s+at (.*)/.exec(error.stack ?? "")?.[1] ?? "";
  return "detail" in error && typeof error.detail === "string"
    ? `${error.name}: ${error.detail}`
    : `${error.name} ${at}`;
}
