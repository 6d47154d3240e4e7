import { isRefusal } from '@credence/contracts';
import type { CommandRequest, Done, Ledger } from '@credence/runtime';

/** Sends commands that shall be carried out. @returns the id of what each made @throws Error where one is refused */
export function sender(ledger: Ledger) {
  const receipt = async (request: Omit<CommandRequest, 'actor'>): Promise<Done['receipt']> => {
    const done = await ledger.execute({ actor: 'ada', ...request });
    if (isRefusal(done)) throw new Error(`${request.command}: ${done.detail}`);
    return done.receipt;
  };
  return {
    receipt,
    send: async (command: string, target: string | undefined, data: object, words: object = {}): Promise<string> =>
      (
        await receipt({
          command,
          ...(target === undefined ? {} : { target }),
          data: { ...data },
          words: { ...words },
        })
      ).id,
  };
}
