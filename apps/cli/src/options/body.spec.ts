import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { commandNamed } from '@credence/claims';
import type { CommandDefinition } from '@credence/claims';
import { UsageError } from '../usage-error.js';
import { bodyOptions, partsOf, withOpenMembers } from './body.js';
import type { GivenField } from './body.js';

const definition = (name: string) => commandNamed(name) as CommandDefinition;

/** The parts of the command `name` from a command line on which the fields of `all` may stand. */
function parsed(name: string, argv: readonly string[], all: readonly string[] = [name]) {
  const given: GivenField[] = [];
  const command = new Command().exitOverride();
  const definitions = all.map(definition);
  bodyOptions(command, definitions, given);
  command.parse(withOpenMembers(argv, definitions), { from: 'user' });
  return partsOf(definition(name), given);
}

describe('fields of a body on the command line', () => {
  it('are the fields of the command, in kebab-case, each in its part', () =>
    expect(
      parsed('RecordAssertion', ['--source', 'kushner', '--stance-reason', 'he was there', '--hold', 'cited']),
    ).toEqual({ data: { source: 'kushner', hold: 'cited' }, words: { stanceReason: 'he was there' } }));

  it('are lists where they are repeated', () =>
    expect(parsed('RecordClaim', ['--text', 'x', '--topics', 'paper', '--topics', 'people'])).toEqual({
      data: {},
      words: { text: 'x', topics: ['paper', 'people'] },
    }));

  it.each([
    [['--holds-during', '2019-04-18T10:00:00'], '/holdsDuring'],
    [['--holds-during.edtf', '2019-04-18T10:00'], '/holdsDuring/edtf'],
  ])('refuse an instant without its zone, with a hint: %j', (argv, pointer) =>
    expect(parsed('RecordClaim', ['--text', 'x', ...argv])).toMatchObject({
      refused: 'invalid-body',
      detail: expect.stringMatching(
        /^--holds-during(\.edtf)?: .* has no zone, so no day: write .*Z, or the day alone$/,
      ),
      errors: [{ pointer, code: 'no-zone' }],
    }),
  );

  it('take an instant with its zone, and any other text for a date, as written', () => {
    for (const edtf of ['2019-04-18T10:00:00+02:00', '1/96/17', 'unknown'])
      expect(parsed('RecordClaim', ['--text', 'x', '--holds-during', edtf])).toMatchObject({
        data: { holdsDuring: { edtf } },
      });
  });

  it('have members by dots', () =>
    expect(
      parsed('RecordAssertion', [
        '--passage.capture',
        'notes',
        '--passage.exact',
        'a copy',
        '--passage.pdf-page',
        '166',
      ]),
    ).toEqual({ data: { passage: { capture: 'notes', pdfPage: 166 } }, words: { passage: { exact: 'a copy' } } }));

  it('take a page as a number or as it is printed', () => {
    const page = (text: string) =>
      parsed('RecordAssertion', ['--passage.capture', 'c', '--passage.exact', 'x', '--passage.page', text]);
    expect(page('158')).toMatchObject({ data: { passage: { page: 158 } } });
    expect(page('xii')).toMatchObject({ data: { passage: { page: 'xii' } } });
  });

  it('take relays as references and as JSON', () =>
    expect(
      parsed('RecordAssertion', [
        '--relays',
        'a',
        '--relays',
        '{"assertion":"b","how":"verbatim","fidelityReason":"x"}',
      ]),
    ).toEqual({
      data: { relays: [{ assertion: 'a' }, { assertion: 'b', how: 'verbatim' }] },
      words: { relays: [{}, { fidelityReason: 'x' }] },
    }));

  it('take a list as one JSON array', () =>
    expect(parsed('RecordAssertion', ['--relays', '["a","b"]'])).toMatchObject({
      data: { relays: [{ assertion: 'a' }, { assertion: 'b' }] },
    }));

  it('take a date in short, and what was said of it beside', () =>
    expect(parsed('RecordAssertion', ['--asserted-at', '2018-04', '--asserted-at.said', 'that spring'])).toEqual({
      data: { assertedAt: { edtf: '2018-04' } },
      words: { assertedAt: { said: 'that spring' } },
    }));

  it('take sets of days, which look like JSON and are none', () =>
    expect(parsed('RecordAssertion', ['--asserted-at', '{2018-06-05,2018-06-15}'])).toMatchObject({
      data: { assertedAt: { edtf: '{2018-06-05,2018-06-15}' } },
    }));

  it('take an opinion by its two members', () =>
    expect(parsed('RecordAssertion', ['--stance.b', '.6', '--stance.d', '.1'])).toMatchObject({
      data: { stance: { b: '.6', d: '.1' } },
    }));

  it('take yes and no', () => {
    expect(parsed('RecordAssertion', ['--headline'])).toMatchObject({ data: { headline: true } });
    expect(parsed('RecordAssertion', ['--no-headline'])).toMatchObject({ data: { headline: false } });
  });

  it('take bibliographic fields by the names of CSL', () =>
    expect(
      parsed('RegisterSource', [
        '--kind',
        'record',
        '--name',
        'R',
        '--cite.container-title',
        'G',
        '--cite.author',
        '[{"literal":"M"}]',
      ]),
    ).toMatchObject({ words: { cite: { 'container-title': 'G', author: [{ literal: 'M' }] } } }));

  it('hand a bad value on: the ledger says what is wrong with it', () =>
    expect(parsed('RecordAssertion', ['--credibility', 'high'])).toMatchObject({ data: { credibility: 'high' } }));
});

describe('a change on the command line', () => {
  const change = (name: string, ...argv: string[]) =>
    parsed(name, argv, ['CorrectClaim', 'CorrectAssertion', 'DescribeSource']);

  it('has the members of what it sets as its own', () =>
    expect(change('CorrectClaim', '--text', 'New.', '--code', 'entry-error', '--reason', 'typo')).toEqual({
      data: { set: {}, code: 'entry-error' },
      words: { set: { text: 'New.' }, reason: 'typo' },
    }));

  it('clears a field', () =>
    expect(
      change('CorrectAssertion', '--clear', 'stance-reason', '--clear', 'credibility', '--reason', 'x'),
    ).toMatchObject({
      data: { set: { credibility: null } },
      words: { set: { stanceReason: null } },
    }));

  it('means by a date the one that it sets, where it can set one, and else its own', () => {
    expect(change('CorrectAssertion', '--asserted-at', '2018')).toMatchObject({
      data: { set: { assertedAt: { edtf: '2018' } } },
    });
    expect(change('CorrectAssertion', '--change.asserted-at', '2019')).toMatchObject({
      data: { assertedAt: { edtf: '2019' } },
    });
    expect(change('CorrectClaim', '--asserted-at', '2019')).toMatchObject({
      data: { set: {}, assertedAt: { edtf: '2019' } },
    });
  });

  it('is bad usage with a field that the thing has not', () =>
    expect(() => change('DescribeSource', '--text', 'x')).toThrow(UsageError));
});
