/** A platform cannot start: what is wrong, and what the operator does next. */
export class PlatformStartError extends Error {
  override readonly name = "PlatformStartError";
  readonly fix: string;
  /** true: trying again later may help (nobody answered); false: the configuration is wrong. */
  readonly retryable: boolean;
  constructor(what: string, fix: string, retryable: boolean) {
    super(what);
    this.fix = fix;
    this.retryable = retryable;
  }
}
