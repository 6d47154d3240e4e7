import { vocabulary } from '@credence/contracts';
import { readOptions } from '../options/common.js';
import { clean } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** A claim to be cited: who says it, where, how it stands, where it can be looked up. Only that goes to the output. */
export const verb: Verb = {
  define: command =>
    readOptions(command.argument('<claim>', 'a reference to a claim'))
      .option('--style <style>', `${vocabulary.CITATION_STYLES.join(', ')} (default chicago-note)`)
      .option('--base <url>', 'where readers reach the ledger; without it the links are paths'),
  examples: [
    'credence cite gave-tillerson',
    'credence cite gave-tillerson --style apa --base https://ledger.example',
    'credence cite gave-tillerson --style csl-json > gave-tillerson.json',
  ],
  run: async call => {
    const [reference = ''] = call.args;
    const { style, base } = call.options as { style?: string; base?: string };
    const ledger = await call.ledger('read');
    const body = await ledger.citation(reference, {
      ...call.pins,
      ...(style === undefined ? {} : { style }),
      ...(base === undefined ? {} : { base }),
    });
    return { body, screen: () => clean(body.text) };
  },
};
