/** What both builds of `assembly/` export. Addresses and strides in bytes, sizes in elements. */
export interface Exports {
  prepareConstants(): void;
  setGrouped(on: number): void;
  multiplyScratch(): number;
  multiplyBatch(
    batch: number,
    aBatch: number,
    bBatch: number,
    cBatch: number,
    a: number,
    aStride: number,
    transposeA: number,
    b: number,
    bStride: number,
    transposeB: number,
    c: number,
    cStride: number,
    m: number,
    n: number,
    k: number,
    start: number,
    startStride: number,
    rectify: number,
    scratch: number,
  ): void;
  unary(code: number, x: number, y: number, count: number, parameter: number): void;
  binary(code: number, a: number, b: number, bIsScalar: number, y: number, count: number): void;
  denseGradient(
    code: number,
    dy: number,
    y: number,
    dz: number,
    bias: number,
    rows: number,
    units: number,
  ): void;
  gelu(x: number, y: number, slope: number, count: number): void;
  squaredError(a: number, b: number, weight: number, mean: number, slope: number, count: number): void;
  select(condition: number, rows: number, inner: number, a: number, b: number, y: number): void;
  reduce(
    code: number,
    x: number,
    outer: number,
    count: number,
    inner: number,
    y: number,
    divisor: number,
  ): void;
  addRows(x: number, rows: number, y: number, inner: number): void;
  repeat(x: number, y: number, outer: number, bytes: number, times: number): void;
  permute(
    x: number,
    y: number,
    a: number,
    xa: number,
    ya: number,
    b: number,
    xb: number,
    yb: number,
    c: number,
    xc: number,
    yc: number,
    turned: number,
    rows: number,
    columns: number,
    xStride: number,
    yStride: number,
  ): void;
  softmax(
    x: number,
    mask: number,
    fill: number,
    y: number,
    rows: number,
    count: number,
    ofLogarithm: number,
    scratch: number,
  ): void;
  gather(
    x: number,
    indices: number,
    y: number,
    batch: number,
    outer: number,
    length: number,
    picked: number,
    bytes: number,
  ): number;
  segmentSum(x: number, ids: number, rows: number, inner: number, y: number, segments: number): void;
  layerNorm(
    x: number,
    scale: number,
    shift: number,
    y: number,
    rows: number,
    count: number,
    epsilon: number,
  ): void;
  layerNormGradient(
    dy: number,
    x: number,
    scale: number,
    dx: number,
    dscale: number,
    dshift: number,
    rows: number,
    count: number,
    epsilon: number,
  ): void;
  softmaxGradient(
    y: number,
    dy: number,
    mask: number,
    dx: number,
    rows: number,
    count: number,
    ofLogarithm: number,
    scale: number,
  ): void;
  categorical(
    logs: number,
    actions: number,
    chosen: number,
    entropy: number,
    rows: number,
    count: number,
  ): number;
  categoricalGradient(
    logs: number,
    actions: number,
    mask: number,
    dChosen: number,
    entropy: number,
    dEntropy: number,
    dx: number,
    rows: number,
    count: number,
  ): void;
  gruScratch(inputs: number, batch: number, units: number): number;
  gruForward(
    x: number,
    inputWeight: number,
    inputBias: number,
    inputs: number,
    start: number,
    weight: number,
    bias: number,
    resets: number,
    gates: number,
    previous: number,
    hidden: number,
    kept: number,
    states: number,
    time: number,
    batch: number,
    units: number,
    scratch: number,
  ): void;
  gruGradientScratch(units: number): number;
  gruBackward(
    dy: number,
    weight: number,
    resets: number,
    gates: number,
    previous: number,
    hidden: number,
    dGates: number,
    dRecurrent: number,
    carry: number,
    time: number,
    batch: number,
    units: number,
    scratch: number,
  ): void;
  attention(
    q: number,
    k: number,
    v: number,
    mask: number,
    maskBatch: number,
    y: number,
    weights: number,
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    width: number,
    scratch: number,
  ): void;
  attentionGradient(
    dy: number,
    q: number,
    k: number,
    v: number,
    mask: number,
    maskBatch: number,
    weights: number,
    dq: number,
    dk: number,
    dv: number,
    batch: number,
    heads: number,
    queries: number,
    keys: number,
    width: number,
    scores: number,
    scratch: number,
  ): void;
  squaredLength(x: number, count: number): number;
  stepMoments(
    parameter: number,
    gradient: number,
    mean: number,
    square: number,
    count: number,
    scale: number,
    meanDecay: number,
    meanRest: number,
    squareDecay: number,
    squareRest: number,
    rate: number,
    squareScale: number,
    epsilon: number,
    adaptive: number,
  ): void;
  stepSquares(
    parameter: number,
    gradient: number,
    square: number,
    count: number,
    scale: number,
    decay: number,
    rest: number,
    rate: number,
    epsilon: number,
  ): void;
}

/** The loops that measure the ceiling, `ceiling8` to `ceiling14`. */
export type Ceilings = Record<`ceiling${number}`, (at: number, turns: number) => void>;
