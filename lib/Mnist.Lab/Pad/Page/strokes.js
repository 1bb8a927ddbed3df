// The ink of a round pen, as Strokes.cs computes it, to the last bit.

const padSize = 280;

/** The drawing as text: points between spaces, strokes between semicolons. */
function strokesText(strokes) {
  return strokes.map(stroke => stroke.map(point => point.join(',')).join(' ')).join('; ');
}

/** Ink 0 … 255 of each pixel: [280 × 280]. A stroke is a list of points [x, y]. */
function inkOf(strokes, penWidth) {
  const ink = new Uint8Array(padSize * padSize);
  for (const stroke of strokes)
    stroke.forEach((point, i) => drawLine(ink, stroke[Math.max(0, i - 1)], point, penWidth / 2));
  return ink;
}

function drawLine(ink, a, b, radius) {
  const reach = Math.ceil(radius) + 1;
  const top = Math.max(0, Math.min(a[1], b[1]) - reach), bottom = Math.min(padSize, Math.max(a[1], b[1]) + reach);
  const left = Math.max(0, Math.min(a[0], b[0]) - reach), right = Math.min(padSize, Math.max(a[0], b[0]) + reach);
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const cover = clamp(radius + 0.5 - distance(column + 0.5, row + 0.5, a, b), 0, 1);
      const i = row * padSize + column;
      ink[i] = Math.max(ink[i], Math.floor(255 * cover + 0.5));
    }
}

/** From a point to a line from a to b. */
function distance(x, y, a, b) {
  const dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : clamp(((x - a[0]) * dx + (y - a[1]) * dy) / length, 0, 1);
  const right = x - (a[0] + along * dx), down = y - (a[1] + along * dy);
  return Math.sqrt(right * right + down * down);
}

function clamp(value, least, most) {
  return Math.min(most, Math.max(least, value));
}
