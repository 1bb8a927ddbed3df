// Numbers as pictures.

const inkColor = [17, 17, 17], above = [205, 70, 10], below = [33, 102, 200];

/** Draws values on a canvas of as many pixels; color gives red, green, blue and cover 0 … 255 for each. */
function paint(canvas, values, color) {
  const context = canvas.getContext('2d', { willReadFrequently: true }), picture = context.createImageData(canvas.width, canvas.height);
  values.forEach((value, i) => picture.data.set(color(value), 4 * i));
  context.putImageData(picture, 0, 0);
}

/** Ink 0 … 255 on whatever paper the canvas has. */
function paintInk(canvas, ink) {
  paint(canvas, ink, value => [...inkColor, value]);
}

/** Signed values: nothing at 0, orange above, blue below. */
function paintSigned(canvas, values) {
  const most = Math.max(...values.map(Math.abs)) || 1;
  paint(canvas, values, value => [...(value > 0 ? above : below), 255 * Math.abs(value) / most]);
}

const neuronSize = 15, neuronsPerRow = 16;

/** A layer's outputs as squares, the largest in full colour; one of them may have a frame. */
function paintLayer(canvas, outputs, color, chosen) {
  const context = canvas.getContext('2d'), most = Math.max(...outputs) || 1;
  canvas.width = Math.min(neuronsPerRow, outputs.length) * neuronSize; // also clears it
  canvas.height = Math.ceil(outputs.length / neuronsPerRow) * neuronSize;
  outputs.forEach((value, i) => {
    const x = i % neuronsPerRow * neuronSize, y = Math.floor(i / neuronsPerRow) * neuronSize;
    context.globalAlpha = 1;
    context.fillStyle = '#80808030';
    context.fillRect(x + 1, y + 1, neuronSize - 2, neuronSize - 2);
    context.globalAlpha = Math.max(0, value) / most;
    context.fillStyle = color;
    context.fillRect(x + 1, y + 1, neuronSize - 2, neuronSize - 2);
    if (i !== chosen) return;
    context.globalAlpha = 1;
    context.strokeStyle = '#d55e00';
    context.lineWidth = 2;
    context.strokeRect(x + 1, y + 1, neuronSize - 2, neuronSize - 2);
  });
}

/** The neuron at a place of a layer's picture, in CSS pixels; null beside them. */
function neuronAt(canvas, x, y, count) {
  const scale = canvas.width / canvas.clientWidth;
  const column = Math.floor(x * scale / neuronSize), row = Math.floor(y * scale / neuronSize);
  const neuron = row * neuronsPerRow + column;
  return column >= 0 && column < neuronsPerRow && neuron >= 0 && neuron < count ? neuron : null;
}
