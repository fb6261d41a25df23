// Slicing by 8: eight tables of 256 words let one step take eight bytes. (Kounavis and Berry, 2005.)
// Signed words, because what exceeds 31 bits would leave the engine's integers.
const tables = new Int32Array(8 * 256);
for (let byte = 0; byte < 256; byte++) {
  let word = byte;
  for (let bit = 0; bit < 8; bit++) word = (word >>> 1) ^ (word & 1 ? 0x82f63b78 : 0);
  tables[byte] = word;
}
for (let index = 256; index < tables.length; index++) {
  const before = tables[index - 256];
  tables[index] = (before >>> 8) ^ tables[before & 255];
}

/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) as an unsigned 32-bit number.
 * @param before the checksum of the bytes that come before these, to go on from.
 */
export const crc32c = (bytes: Uint8Array, before = 0): number => {
  let crc = ~before;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    crc =
      tables[1792 + (crc & 255)] ^
      tables[1536 + ((crc >>> 8) & 255)] ^
      tables[1280 + ((crc >>> 16) & 255)] ^
      tables[1024 + (crc >>> 24)] ^
      tables[768 + bytes[at + 4]] ^
      tables[512 + bytes[at + 5]] ^
      tables[256 + bytes[at + 6]] ^
      tables[bytes[at + 7]];
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]) & 255];
  return ~crc >>> 0;
};
