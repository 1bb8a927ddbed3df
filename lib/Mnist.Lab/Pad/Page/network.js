// The trained network: dense layers, ReLU between them, softmax at the end. Sums are taken in double precision and each
// layer's outputs rounded to float32, so they agree with the library's float32 sums within rounding.

/** The layers of { sizes, weights }: weights is base64 of float32, little-endian: W [inputs × outputs] and b of each layer. */
function decodeNetwork({ sizes, weights }) {
  const bytes = Uint8Array.from(atob(weights), letter => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer), values = Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  let used = 0;
  const take = count => values.subarray(used, used += count);
  return sizes.slice(1).map((outputs, l) => ({ inputs: sizes[l], outputs, weights: take(sizes[l] * outputs), bias: take(outputs) }));
}

/** The network's input X: grey values as shares of 255. */
function toInput(pixels) {
  return Float32Array.from(pixels, value => value / 255);
}

/** What comes out of each layer, the logits last, and the probabilities. */
function forward(layers, input) {
  const outputs = [];
  layers.forEach((layer, l) => outputs.push(dense(layer, l === 0 ? input : outputs[l - 1], l < layers.length - 1)));
  return { outputs, probabilities: softmax(outputs[outputs.length - 1]) };
}

function dense({ inputs, outputs, weights, bias }, input, relu) {
  const sums = Float64Array.from(bias);
  for (let i = 0; i < inputs; i++)
    if (input[i] !== 0) // most of a picture is paper
      for (let o = 0; o < outputs; o++) sums[o] += input[i] * weights[i * outputs + o];
  return Float32Array.from(sums, sum => relu ? Math.max(0, sum) : sum);
}

function softmax(logits) {
  const most = Math.max(...logits), powers = Array.from(logits, z => Math.exp(z - most));
  const total = powers.reduce((sum, power) => sum + power);
  return powers.map(power => power / total);
}
