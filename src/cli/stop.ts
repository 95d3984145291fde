/** How the process ends: answered, a fault of ours, the user's error, the configuration's. */
export type Exit = 0 | 1 | 2 | 3;

/** Every command in a line. */
export const USAGE = `qushi start                      run: the chats that are configured, else a prompt here
qushi ask "LINE"                 answer one line   [--format text|json|slack|feishu] [--lang zh|en] [--user NAME:ROLE] [--now ISO]
qushi digest [FILTER]            print the weekly digest; sends nothing   [--format …] [--lang …] [--now ISO]
qushi export [FILTER]            the dataset, or what a filter selects, as JSON
qushi check [DATASET]            check every dataset under data/   [--article FILE] proves one against its source
qushi manifest slack|feishu      what to paste when connecting a chat
Exit: 0 answered · 1 fault · 2 user's error · 3 configuration`;

/** A way out with a sentence and an exit code. */
export class Stop extends Error {
  readonly exit: Exit;
  constructor(exit: Exit, message: string) {
    super(message);
    this.exit = exit;
  }
}
