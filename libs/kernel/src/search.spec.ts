import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wordsOf } from './search.js';

it('finds the words of a plain text as it finds them beside letters that are not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), text => {
      expect([...wordsOf(text), 'e']).toEqual(wordsOf(`${text} é`));
    }),
  );
});
