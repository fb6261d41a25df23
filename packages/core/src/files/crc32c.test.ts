import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32c } from './crc32c';

const ascii = (text: string) => new TextEncoder().encode(text);

it('gives the check value of the catalogue of CRC algorithms', () => {
  expect(crc32c(ascii('123456789')).toString(16)).toBe('e3069283');
});

// RFC 3720, appendix B.4.
it.each([
  [new Uint8Array(32), '8a9136aa'],
  [new Uint8Array(32).fill(255), '62a8ab43'],
  [Uint8Array.from({ length: 32 }, (_, index) => index), '46dd794e'],
  [Uint8Array.from({ length: 32 }, (_, index) => 31 - index), '113fdb5c'],
])('gives the vectors of iSCSI', (bytes, expected) => {
  expect(crc32c(bytes).toString(16)).toBe(expected);
});

it('goes on from where an earlier part ended', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (a, b) => {
      expect(crc32c(b, crc32c(a))).toBe(crc32c(Uint8Array.of(...a, ...b)));
    }),
  );
});
