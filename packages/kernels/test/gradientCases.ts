import * as tf from '@tensorflow/tfjs-core';
import { awayFromZero, type Case, distinct, type Input, spread } from './parity.js';

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const one = (kernel: string, input: Input, compute: Unary, variant?: string): Case => ({
  kernel,
  variant,
  inputs: [input],
  compute,
});

const smooth = (shape = [2, 3]): Input => spread(shape, -1.5, 1.5);
const positive = (shape = [2, 3]): Input => spread(shape, 0.4, 2);
const inner = (shape = [2, 3]): Input => spread(shape, -0.7, 0.7);
/** Numbers at least 0.1 away from whole and half numbers, where rounding jumps. */
const betweenJumps: Input = { shape: [5], values: Float32Array.of(-1.3, -0.7, 0.2, 0.75, 1.35) };

const ids = (numbers: number[]): tf.Tensor1D => tf.tensor1d(numbers, 'int32');

const elementary: Case[] = [
  one('Abs', awayFromZero([2, 3]), tf.abs),
  one('Acos', inner(), tf.acos),
  one('Acosh', spread([2, 3], 1.5, 3), tf.acosh),
  one('Asin', inner(), tf.asin),
  one('Asinh', smooth(), tf.asinh),
  one('Atan', smooth(), tf.atan),
  one('Atanh', inner(), tf.atanh),
  one('Cos', smooth(), tf.cos),
  one('Cosh', smooth(), tf.cosh),
  one('Erf', smooth(), tf.erf),
  one('Exp', smooth(), tf.exp),
  one('Expm1', smooth(), tf.expm1),
  one('Log', positive(), tf.log),
  one('Log1p', positive(), tf.log1p),
  one('Neg', smooth(), tf.neg),
  one('Reciprocal', positive(), tf.reciprocal),
  one('Rsqrt', positive(), tf.rsqrt),
  one('Sin', smooth(), tf.sin),
  one('Sinh', smooth(), tf.sinh),
  one('Sqrt', positive(), tf.sqrt),
  one('Square', smooth(), tf.square),
  one('Tan', spread([2, 3], -1, 1), tf.tan),
];

const activations: Case[] = [
  one('Relu', awayFromZero([3, 4]), tf.relu),
  one('Relu6', { shape: [6], values: Float32Array.of(-2, -0.3, 0.4, 3, 5.7, 6.5) }, tf.relu6),
  one('LeakyRelu', awayFromZero([3, 4]), (x) => tf.leakyRelu(x, 0.3)),
  one('Elu', awayFromZero([3, 4]), tf.elu),
  one('Selu', awayFromZero([3, 4]), tf.selu),
  one('Sigmoid', smooth([3, 4]), tf.sigmoid),
  one('Tanh', smooth([3, 4]), tf.tanh),
  one('Softplus', smooth([3, 4]), tf.softplus),
  one('Softmax', smooth([3, 4]), (x) => tf.softmax(x)),
  one('Softmax', smooth([2, 3, 2]), (x) => tf.softmax(x), 'rank 3'),
  one('logSoftmax__op', smooth([3, 4]), (x) => tf.logSoftmax(x)),
  one('logSoftmax__op', smooth([3, 4]), (x) => tf.logSoftmax(tf.mul(x, tf.sin(x))), 'of a computed tensor'),
  {
    kernel: 'softmaxCrossEntropy__op',
    inputs: [smooth([3, 4])],
    compute: (x) => tf.losses.softmaxCrossEntropy(tf.oneHot(ids([2, 0, 3]), 4), x),
  },
  {
    kernel: 'softmaxCrossEntropy__op',
    variant: 'of any labels, differentiated too',
    inputs: [positive([3, 4]), smooth([3, 4])],
    compute: (labels, x) => tf.losses.softmaxCrossEntropy(labels, tf.mul(x, labels)),
  },
  one('ClipByValue', awayFromZero([3, 4]), (x) => tf.clipByValue(x, -0.1, 0.1), 'around zero'),
  one('ClipByValue', distinct([3, 4]), (x) => tf.clipByValue(x, -0.8, 0.8)),
  { kernel: 'Prelu', inputs: [awayFromZero([2, 3]), positive([2, 3])], compute: tf.prelu },
  {
    kernel: 'Prelu',
    variant: 'shared slopes',
    inputs: [awayFromZero([4, 3]), positive([3])],
    compute: tf.prelu,
  },
];

/** One case for each way that two shapes broadcast. */
const binary = (kernel: string, compute: Binary, a: (shape: number[]) => Input, b = a): Case[] =>
  (
    [
      [
        [2, 3],
        [2, 3],
      ],
      [[2, 3], [3]],
      [[2, 3], []],
      [
        [2, 1],
        [1, 3],
      ],
      [[3], [2, 2, 3]],
    ] as const
  ).map(([left, right]) => ({
    kernel,
    variant: `[${left}] [${right}]`,
    inputs: [a([...left]), b([...right])],
    compute,
  }));

const shifted = (shape: number[]): Input => spread(shape, -1.5, 1.5, 9);
/** Differs from every number of `apart` by at least 0.1. */
const odd = (shape: number[]): Input => {
  const { values } = spread(shape, 0, 7, 3);
  return { shape, values: values.map((value) => 0.4 * Math.floor(value) - 1.2) };
};
const even = (shape: number[]): Input => {
  const { values } = spread(shape, 0, 7, 5);
  return { shape, values: values.map((value) => 0.4 * Math.floor(value) - 1) };
};
const quotient = (shape: number[]): Input => {
  const { values } = spread(shape, 0, 7, 5);
  return { shape, values: values.map((value) => Math.floor(value) - 3 + 0.5) };
};
const unit = (shape: number[]): Input => spread(shape, 0.98, 1.02);

const arithmetic: Case[] = [
  ...binary('Add', tf.add, smooth, shifted),
  ...binary('Sub', tf.sub, smooth, shifted),
  ...binary('Multiply', tf.mul, smooth, shifted),
  ...binary('RealDiv', tf.div, smooth, positive),
  ...binary('Maximum', tf.maximum, odd, even),
  ...binary('Minimum', tf.minimum, odd, even),
  ...binary('Pow', tf.pow, positive, shifted),
  one('Pow', awayFromZero([2, 3]), (x) => tf.pow(x, tf.scalar(3)), 'negative base'),
  one('Pow', smooth(), (x) => tf.pow(x, tf.scalar(0)), 'exponent zero'),
  ...binary('SquaredDifference', tf.squaredDifference, smooth, shifted),
  ...binary('Mod', tf.mod, quotient, unit),
  ...binary('Atan2', tf.atan2, positive, awayFromZero),
  {
    kernel: 'AddN',
    inputs: [smooth([4]), shifted([4]), positive([4])],
    compute: (...x) => tf.addN(x),
  },
  {
    kernel: 'Select',
    inputs: [awayFromZero([2, 3]), shifted([2, 3])],
    compute: (x, y) => tf.where(tf.greater(x, 0), tf.mul(x, y), tf.square(y)),
  },
  {
    kernel: 'Select',
    variant: 'broadcast branches',
    inputs: [smooth([3]), shifted([])],
    compute: (x, y) =>
      tf.where(
        tf.tensor2d(
          [
            [1, 0, 1],
            [0, 0, 1],
          ],
          [2, 3],
          'bool',
        ),
        x,
        y,
      ),
  },
];

const counted = (condition: tf.Tensor): tf.Tensor => tf.cast(condition, 'float32');
/** A kernel without slope, times something with one. */
const constant = (kernel: string, compute: Unary, input: Input = betweenJumps): Case =>
  one(kernel, input, (x) => tf.mul(compute(x), tf.sum(x)));
const compared = (kernel: string, compute: Binary): Case => ({
  kernel,
  inputs: [odd([2, 3]), even([3])],
  compute: (a, b) => tf.mul(counted(compute(a, b)), tf.add(a, b)),
});
const logical = (kernel: string, compute: Binary): Case => ({
  kernel,
  inputs: [awayFromZero([2, 3]), awayFromZero([2, 3], 4)],
  compute: (a, b) => tf.mul(counted(compute(tf.greater(a, 0), tf.greater(b, 0))), tf.mul(a, b)),
});

const constants: Case[] = [
  constant('Ceil', tf.ceil),
  constant('Floor', tf.floor),
  constant('Round', tf.round),
  constant('Sign', tf.sign),
  constant('Step', (x) => tf.step(x, 0.2)),
  constant('IsFinite', (x) => counted(tf.isFinite(x))),
  constant('IsInf', (x) => counted(tf.isInf(x))),
  constant('IsNan', (x) => counted(tf.isNaN(x))),
  constant('LogicalNot', (x) => counted(tf.logicalNot(tf.greater(x, 0)))),
  constant('ArgMax', (x) => counted(tf.argMax(x, 0))),
  constant('ArgMin', (x) => counted(tf.argMin(x, 0))),
  constant('All', (x) => counted(tf.all(tf.greater(x, -9)))),
  constant('Any', (x) => counted(tf.any(tf.greater(x, 0)))),
  constant('OnesLike', tf.onesLike),
  constant('ZerosLike', tf.zerosLike),
  constant('OneHot', (x) => tf.sum(tf.oneHot(tf.cast(tf.add(x, 2), 'int32'), 4), 1)),
  compared('Equal', tf.equal),
  compared('NotEqual', tf.notEqual),
  compared('Greater', tf.greater),
  compared('GreaterEqual', tf.greaterEqual),
  compared('Less', tf.less),
  compared('LessEqual', tf.lessEqual),
  logical('LogicalAnd', tf.logicalAnd),
  logical('LogicalOr', tf.logicalOr),
  {
    kernel: 'FloorDiv',
    inputs: [quotient([2, 3]), unit([3])],
    compute: (a, b) => tf.mul(tf.floorDiv(a, b), tf.add(a, b)),
  },
];

type Reduce = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;
const reduced = (kernel: string, compute: Reduce, input: (shape: number[]) => Input): Case[] => [
  one(kernel, input([2, 3]), (x) => compute(x), 'all'),
  one(kernel, input([3, 2]), (x) => compute(x, 0), 'first axis'),
  one(kernel, input([2, 3]), (x) => compute(x, -1, true), 'last axis kept'),
  one(kernel, input([2, 3, 2]), (x) => compute(x, [0, 2]), 'outer axes'),
  one(kernel, input([2, 3, 2]), (x) => compute(x, 1), 'middle axis'),
];
const withZeros = (zeros: number): Input => {
  const { shape, values } = positive([2, 4]);
  return { shape, values: values.map((value, index) => (index < zeros ? 0 : value)) };
};
const cumulative = (kernel: string, compute: typeof tf.cumsum, input: Input): Case[] =>
  [false, true].flatMap((exclusive) =>
    [false, true].map((reverse) =>
      one(
        kernel,
        input,
        (x) => compute(x, 1, exclusive, reverse),
        `exclusive ${exclusive}, reverse ${reverse}`,
      ),
    ),
  );

const reductions: Case[] = [
  ...reduced('Sum', tf.sum, smooth),
  ...reduced('Mean', tf.mean, smooth),
  ...reduced('Max', tf.max, distinct),
  ...reduced('Min', tf.min, distinct),
  ...reduced('Prod', tf.prod, positive),
  one('Prod', withZeros(1), (x) => tf.prod(x, 1), 'one zero'),
  one('Prod', withZeros(2), (x) => tf.prod(x, 1), 'two zeros'),
  ...cumulative('Cumsum', tf.cumsum, smooth([2, 4])),
  one('Cumsum', smooth([3, 2]), (x) => tf.cumsum(x, 0), 'first axis'),
  ...cumulative('Cumprod', tf.cumprod, positive([2, 4])),
  one('Cumprod', withZeros(2), (x) => tf.cumprod(x, 1), 'with zeros'),
];

const shapes: Case[] = [
  one('Reshape', smooth([2, 3]), (x) => tf.reshape(x, [3, 1, 2])),
  one('ExpandDims', smooth([2, 3]), (x) => tf.expandDims(x, 1)),
  one('Identity', smooth([2, 3]), (x) =>
    tf.add(tf.clone(x), tf.engine().runKernel<tf.Tensor>('Identity', { x })),
  ),
  one('Cast', awayFromZero([4]), (x) => tf.mul(tf.cast(x, 'float32'), x)),
  one('Cast', betweenJumps, (x) => tf.mul(tf.cast(tf.cast(x, 'int32'), 'float32'), x), 'through int32'),
  {
    kernel: 'Concat',
    inputs: [smooth([2, 3]), shifted([2, 1]), positive([2, 2])],
    compute: (...x) => tf.concat(x, 1),
  },
  {
    kernel: 'Concat',
    variant: 'negative axis, rank 3',
    inputs: [smooth([2, 1, 2]), shifted([2, 1, 1])],
    compute: (...x) => tf.concat(x, -1),
  },
  { kernel: 'Pack', inputs: [smooth([2, 3]), shifted([2, 3])], compute: (...x) => tf.stack(x, 1) },
  {
    kernel: 'Pack',
    variant: 'last axis',
    inputs: [smooth([3]), shifted([3])],
    compute: (...x) => tf.stack(x, -1),
  },
  one('Unpack', smooth([3, 2]), (x) => {
    const [first, , last] = tf.unstack(x);
    return tf.mul(first, last);
  }),
  one('Unpack', smooth([1, 4]), (x) => tf.unstack(x)[0], 'one row'),
  one('SplitV', smooth([2, 4]), (x) => {
    const [first, second] = tf.split(x, [3, 1], 1);
    return tf.mul(first, second);
  }),
  one('SplitV', smooth([2, 4]), (x) => tf.split(x, 1, 1)[0], 'one part'),
  one('Slice', smooth([3, 4]), (x) => tf.slice(x, [1, 0], [2, 3])),
  one('Slice', smooth([5]), (x) => tf.slice(x, 2), 'to the end'),
  one('PadV2', smooth([2, 3]), (x) =>
    tf.pad(
      x,
      [
        [1, 0],
        [2, 1],
      ],
      0.5,
    ),
  ),
  one(
    'MirrorPad',
    smooth([3, 4]),
    (x) =>
      tf.mirrorPad(
        x,
        [
          [2, 1],
          [0, 3],
        ],
        'reflect',
      ),
    'reflect',
  ),
  one(
    'MirrorPad',
    smooth([3, 2]),
    (x) =>
      tf.mirrorPad(
        x,
        [
          [3, 1],
          [1, 2],
        ],
        'symmetric',
      ),
    'symmetric',
  ),
  one('Tile', smooth([2, 3]), (x) => tf.tile(x, [2, 1])),
  one('Tile', smooth([2, 1, 2]), (x) => tf.tile(x, [1, 3, 2]), 'two axes'),
  one('Tile', smooth([1, 3]), (x) => tf.broadcastTo(x, [2, 4, 3]), 'broadcastTo'),
  one('Transpose', smooth([2, 3]), (x) => tf.transpose(x)),
  one('Transpose', smooth([2, 3, 2]), (x) => tf.transpose(x, [2, 0, 1]), 'rank 3'),
  one('Reverse', smooth([2, 3]), (x) => tf.reverse(x, 1)),
  one('Reverse', smooth([2, 3]), (x) => tf.reverse(x), 'all axes'),
  one('SpaceToBatchND', smooth([1, 2, 3, 1]), (x) =>
    tf.spaceToBatchND(
      x,
      [2, 2],
      [
        [0, 0],
        [1, 0],
      ],
    ),
  ),
  one('BatchToSpaceND', smooth([4, 1, 2, 1]), (x) =>
    tf.batchToSpaceND(
      x,
      [2, 2],
      [
        [0, 0],
        [1, 0],
      ],
    ),
  ),
];

const matrices = (a: number[], b: number[], transposeA: boolean, transposeB: boolean): Case => ({
  kernel: 'BatchMatMul',
  variant: `[${a}]${transposeA ? 'ᵀ' : ''} [${b}]${transposeB ? 'ᵀ' : ''}`,
  inputs: [smooth(a), shifted(b)],
  compute: (x, y) => tf.matMul(x, y, transposeA, transposeB),
});

const products: Case[] = [
  matrices([2, 3], [3, 4], false, false),
  matrices([3, 2], [3, 4], true, false),
  matrices([2, 3], [4, 3], false, true),
  matrices([3, 2], [4, 3], true, true),
  matrices([2, 2, 3], [2, 3, 2], false, false),
  matrices([2, 3, 2], [2, 2, 3], true, true),
  matrices([3, 2, 2], [1, 2, 3], false, false),
  matrices([1, 2, 2], [3, 3, 2], false, true),
];

const gather: Case[] = [
  one('GatherV2', smooth([4, 2]), (x) => tf.gather(x, ids([3, 0, 3, 1]))),
  one(
    'GatherV2',
    smooth([2, 4]),
    (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [3, 0],
            [3, 1],
          ],
          [2, 2],
          'int32',
        ),
        1,
      ),
    'axis 1',
  ),
  one(
    'GatherV2',
    smooth([2, 2, 3]),
    (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [2, 2],
            [0, 1],
          ],
          [2, 2],
          'int32',
        ),
        2,
        1,
      ),
    'batchDims 1, axis 2',
  ),
  one('GatherV2', distinct([4]), (x) => tf.gather(tf.square(x), tf.argMax(x)), 'at a computed index'),
  one('UnsortedSegmentSum', smooth([4, 2]), (x) => tf.unsortedSegmentSum(x, ids([2, 0, 2, 1]), 4)),
  one(
    'UnsortedSegmentSum',
    smooth([4]),
    (x) => tf.unsortedSegmentSum(x, ids([1, -1, 7, 1]), 3),
    'ids outside',
  ),
  one('GatherNd', smooth([2, 3]), (x) =>
    tf.gatherND(
      x,
      tf.tensor2d(
        [
          [0, 1],
          [1, 2],
          [0, 1],
        ],
        [3, 2],
        'int32',
      ),
    ),
  ),
  one('ScatterNd', smooth([3, 2]), (x) =>
    tf.scatterND(tf.tensor2d([[2], [0], [2]], [3, 1], 'int32'), x, [4, 2]),
  ),
  one('TopK', distinct([2, 5]), (x) => tf.topk(x, 2).values),
];

type Padding = 'same' | 'valid' | number;
const convolved = (
  image: [number, number, number, number],
  filter: [number, number, number, number],
  stride: number,
  pad: Padding,
  dilation = 1,
): Case => ({
  kernel: 'Conv2D',
  variant: `[${image}] [${filter}] stride ${stride} ${pad} dilation ${dilation}`,
  inputs: [smooth(image), shifted(filter)],
  compute: (x, weights) => tf.conv2d(x as tf.Tensor4D, weights as tf.Tensor4D, stride, pad, 'NHWC', dilation),
});

const images: Case[] = [
  convolved([2, 4, 3, 2], [2, 2, 2, 1], 1, 'valid'),
  convolved([1, 4, 4, 1], [3, 3, 1, 2], 1, 'same'),
  convolved([1, 5, 4, 2], [2, 3, 2, 1], 2, 'same'),
  convolved([1, 6, 5, 1], [3, 2, 1, 2], 2, 'valid'),
  convolved([1, 5, 5, 1], [2, 2, 1, 1], 1, 'same', 2),
  convolved([1, 3, 3, 1], [2, 2, 1, 2], 1, 1),
  {
    kernel: 'Conv2DBackpropInput',
    inputs: [smooth([1, 2, 3, 2]), shifted([3, 2, 1, 2])],
    compute: (x, filter) =>
      tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [1, 4, 5, 1], 2, 'same'),
  },
  one('AvgPool', smooth([1, 4, 4, 2]), (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid')),
  one('AvgPool', smooth([1, 3, 4, 1]), (x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same'), 'same'),
  {
    kernel: 'AvgPoolGrad',
    inputs: [smooth([1, 2, 2, 1])],
    compute: (dy) =>
      tf
        .engine()
        .runKernel<tf.Tensor>(
          'AvgPoolGrad',
          { dy, input: tf.zeros([1, 4, 4, 1]) },
          { filterSize: 3, strides: 2, pad: 'same' },
        ),
  },
  ...(['valid', 'same'] as const).map(
    (pad): Case => ({
      kernel: 'MaxPool',
      variant: pad,
      inputs: [distinct([1, 5, 4, 1])],
      compute: (x) => tf.maxPool(x as tf.Tensor4D, 3, 2, pad),
      second: false,
    }),
  ),
  {
    kernel: 'FusedBatchNorm',
    inputs: [smooth([1, 2, 2, 2]), shifted([2]), positive([2]), smooth([2]), shifted([2])],
    compute: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        x as tf.Tensor4D,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
        1e-3,
      ),
  },
];

export const gradientCases: readonly Case[] = [
  ...[...elementary, ...activations, ...arithmetic, ...constants, ...reductions],
  ...[...shapes, ...products, ...gather, ...images],
];
