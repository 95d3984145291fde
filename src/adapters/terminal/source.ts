/** Where lines come from: a prompt or a pipe. */
export interface Source {
  /** All lines so far are answered: ask for the next. */
  ready(): void;
  /** Writes while a line may be half typed, and leaves that line as it was. */
  around(write: () => void): void;
  /** Takes no more lines; `onEnd` is not called. */
  close(): void;
}

export interface SourceEvents {
  onLine(line: string): void;
  /** The input has ended or the person leaves; called once, after the last line. */
  onEnd(): void;
}
