import { progressOn } from '../screen/progress.js';
import { clean, counted } from '../screen/text.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

/** Moves a ledger from a folder to a cluster; run again, it goes on where it was. */
export const verb: Verb = {
  define: command =>
    command
      .requiredOption(
        '--from <url>',
        'sqlite:<folder>; from then on nobody opens it: its file moved.json says where to, and removing that gives the move up',
      )
      .requiredOption('--to <url>', 'kurrentdb://…; no node serves it before all is there and verified')
      .requiredOption('--captures <folder>', 'where captures go: the folder that all nodes share')
      .option('--data <folder>', 'of the node that does it (default ./credence-node)')
      .option('--json', 'print what it came to, as one JSON document'),
  examples: [
    "credence migrate --from sqlite:./credence-data --to 'kurrentdb://ledger:secret@db1:2113' --captures /mnt/captures",
  ],
  run: async ({ options, node, io }) => {
    const { from, to, captures } = options as { from: string; to: string; captures: string };
    const { migrate } = await import('../../../../libs/runtime/src/migrate.js');
    const { adapterFor } = await import('../../../../libs/runtime/src/stores.js');
    if (!from.startsWith('sqlite:')) throw new UsageError(`--from: found "${from}", wanted sqlite:<folder>`);
    if (!to.includes('://') || adapterFor(to).scheme !== 'kurrentdb:')
      throw new UsageError(`--to: found "${to}", wanted kurrentdb://…`);
    const { tell, end } = progressOn(io);
    const body = await migrate({ from, to, captures, ...node }, tell).finally(end);
    return {
      body,
      screen: () =>
        clean(
          [
            body.copied === 0
              ? `Nothing was left to copy: ${counted(body.size, 'event')}, verified.`
              : `Migrated, and verified: ${counted(body.size, 'event')}, ${String(body.copied)} of them in this run; ${counted(body.captures, 'capture')}.`,
            `ledger ${body.ledger}`,
            `root ${body.root}`,
            ...body.missing.map(sha256 => `Capture ${sha256} was not there.`),
          ].join('\n'),
        ),
    };
  },
};
