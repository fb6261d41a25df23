/** Section numbers of the binary format (WebAssembly core specification 5.5.2). */
const startSection = 8;
const dataSection = 11;

/**
 * A build shares its memory with tfjs, so it may bring nothing of its own: no data (it would overwrite tfjs') and no
 * start function. @param {Uint8Array} bytes
 */
export const checkStandsAlone = (bytes) => {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const length = number();
    if (section === startSection || section === dataSection) {
      throw new Error(`kernels: the build has section ${section}`);
    }
    at += length;
  }
};
