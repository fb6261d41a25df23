/** The first `count` entries of each row of `width`; the same array where that is all of them. */
export const leading = <Values extends Float32Array | Uint8Array>(
  values: Values,
  width: number,
  count: number,
): Values => {
  if (width === count) return values;
  const rows = values.length / width;
  const first = new (values.constructor as new (length: number) => Values)(rows * count);
  for (let row = 0; row < rows; row++) {
    for (let entry = 0; entry < count; entry++) first[row * count + entry] = values[row * width + entry];
  }
  return first;
};
