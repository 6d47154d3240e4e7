import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADD_A_PERSON, terminal } from './testing.js';
import type { Terminal } from './testing.js';

describe('credence cite', () => {
  let at: Terminal;
  let claim: string;

  beforeAll(async () => {
    at = await terminal();
    const made = async (...argv: string[]) => (await at.json<{ id: string }>(...argv)).id;
    const person = await made(...ADD_A_PERSON);
    claim = await made('record', 'The harbour master gave the council a memo.');
    const said = ['--stance', 'asserts', '--basis', 'first-hand', '--hold', 'held', '--hold-reason', 'we asked her'];
    await made('assert', claim, '--source', person, ...said, '--asserted-at', '2018-04-11');
  });
  afterAll(() => at.close());

  it('prints the citation, and nothing else', async () => {
    const { out, code } = await at.type('cite', claim);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^The harbour master gave the council a memo\. Attributed to Nora Winter\. Source: Nora Winter, personal communication, April 11, 2018 \[Seen by us, no copy kept\]\. Credence ledger [a-z2-7]{26}, claim [a-z2-7]{26}, as of November 24, 2026 \(@\d+\.[0-9a-f]{32}\), \/v1\/claims\/[a-z2-7]{26}\.\n$/,
    );
  });

  it('prints a CSL-JSON document that programs read', async () => {
    const { out } = await at.type('cite', claim, '--style', 'csl-json', '--base', 'https://ledger.example');
    expect(JSON.parse(out)).toMatchObject([
      { type: 'entry', URL: `https://ledger.example/v1/claims/${claim}` },
      { type: 'personal_communication', author: [{ literal: 'Nora Winter' }] },
    ]);
  });

  it('prints the body of the route with --json', async () => {
    expect(await at.json('cite', claim, '--style', 'apa')).toEqual(
      JSON.parse(JSON.stringify(await at.ledger.citation(claim, { style: 'apa' }))),
    );
  });

  it('takes a moment', async () => {
    const { out } = await at.type('cite', claim, '--as-of', '@2');
    expect(out).toContain('Not yet asserted by anybody whose document we hold.');
  });

  it('names the styles where it is given another', async () => {
    const { code, err } = await at.type('cite', claim, '--style', 'mla');
    expect(code).toBe(1);
    expect(err).toContain('--style');
    expect(err).toContain('chicago-note, apa, csl-json');
  });
});
