/** Where answers go. Once the reader is gone (EPIPE, a closed window) nothing is written any more. */
export interface Screen {
  /** Resolves when the text has been handed to the system, or the reader is gone. */
  print(text: string): Promise<void>;
  gone(): boolean;
}

/** `onGone` is called once, when the reader is gone. */
export function createScreen(output: NodeJS.WritableStream, onGone: () => void): Screen {
  let gone = false;
  const lost = (): void => {
    if (gone) return;
    gone = true;
    onGone();
  };
  output.on("error", lost);
  output.on("close", lost);
  return {
    gone: () => gone,
    print: (text) =>
      new Promise((resolve) => {
        if (gone || !output.writable) {
          lost();
          return resolve();
        }
        output.write(`${text}\n`, () => resolve());
      }),
  };
}
