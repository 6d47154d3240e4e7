import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { dossierSchema } from './schema.js';

const ajv = new Ajv2020({ strict: true, strictTypes: false, keywords: ['x-ref'] });
const valid = ajv.compile(dossierSchema);

describe('the published JSON Schema', () => {
  it('takes the example as it is written', () => {
    const example = parse(readFileSync('examples/back-channel/back-channel.dossier.yaml', 'utf8'), {
      schema: 'core',
    }) as unknown;
    valid(example);
    expect(valid.errors).toBeNull();
  });

  it('refuses unknown fields, sections and words', () => {
    const head = { dossier: 1, id: 'x' };
    expect(valid({ ...head, claims: [{ key: 'a', text: 'A', txt: 'A' }] })).toBe(false);
    expect(valid({ ...head, claim: [] })).toBe(false);
    expect(valid({ ...head, sources: [{ key: 'a', kind: 'thing', name: 'A' }] })).toBe(false);
    expect(valid({ dossier: 2, id: 'x' })).toBe(false);
  });

  it('knows every field of the format', () => {
    const section = (name: string) =>
      Object.keys((dossierSchema.properties?.[name] as { items: { properties: object } }).items.properties).sort();
    const same = (name: string, fields: string) => {
      expect(section(name)).toEqual(fields.split(' ').sort());
    };
    same('sources', 'key kind name named describedAs grade gradeReason copyOf cite');
    same('captures', 'key source file mediaType retrievedAt url edition derivedFrom replaces tool withoutText');
    same('claims', 'key text form holdsDuring topics entities note');
    same(
      'assertions',
      'key claim source stance stanceReason basis relays support hold holdReason onBehalfOf assertedAt passage locator credibility headline codedBy note',
    );
    same('chains', 'claim hops');
    same('units', 'key members reason');
    same('links', 'key from to kind phi reason');
    same('derivations', 'key conclusion premises polarity phi reason');
    same('decisions', 'key claim by verdict reason');
    same('changes', 'key target kind by code reason assertedAt set');
  });
});
