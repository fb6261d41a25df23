// Fits a small network to exclusive or. Prints the backend, the build of our kernels and an exact gradient, then the loss.
import { randomFrom } from '@murmuration/core';
import { backends, createAdam, createDense, gradientsOf, ready } from '@murmuration/core/tensors';
import { grad, losses, square, sum, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';

await ready();
const gradient = grad((x) => sum(square(x)))(tensor1d([1, 2, 3]));
const { used, kernels } = backends();
console.log(used, kernels.build, ...(await gradient.data()));

const inputs = tensor2d([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
const targets = tensor2d([0, 1, 1, 0], [4, 1]);
const shape = { inputs: 2, hidden: [16], outputs: 1, activation: 'tanh' };
const network = createDense(randomFrom(0), shape);
const optimiser = createAdam(network.parameters, { learningRate: 0.03 });
const loss = () => losses.meanSquaredError(targets, network.forward(inputs));
for (let step = 0; step < 200; step++) {
  tidy(() => optimiser.step(gradientsOf(loss, network.parameters).gradients));
}
console.log((await loss().data())[0]);
