// From a picture of any size to the network's 28 × 28, as Normalizer.cs does it, to the last bit.

const imageSize = 28, boxSize = 20, middlePixel = 14;

/** ink: 0 … 255, [rows × columns]; how: 'Raw', 'Scaled' or 'Centered'. Gives 0 … 255, [28 × 28]. */
function normalize(ink, rows, columns, how) {
  const result = new Uint8Array(imageSize * imageSize);
  const box = how === 'Raw' ? { top: 0, left: 0, rows, columns } : inkBox(ink, rows, columns);
  if (box === null) return result;
  const scale = (how === 'Raw' ? imageSize : boxSize) / Math.max(box.rows, box.columns);
  const height = Math.max(1, Math.floor(box.rows * scale + 0.5)), width = Math.max(1, Math.floor(box.columns * scale + 0.5));
  const small = resized(ink, columns, box, height, width);
  const [top, left] = how === 'Centered' ? placeByMass(small, height, width) : placeInMiddle(height, width);
  for (let row = 0; row < height; row++)
    result.set(small.subarray(row * width, (row + 1) * width), (top + row) * imageSize + left);
  return result;
}

/** The smallest box with all the ink; null when there is none. */
function inkBox(ink, rows, columns) {
  let top = rows, left = columns, bottom = -1, right = -1;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (ink[row * columns + column] === 0) continue;
      top = Math.min(top, row); bottom = row;
      left = Math.min(left, column); right = Math.max(right, column);
    }
  return bottom < 0 ? null : { top, left, rows: bottom - top + 1, columns: right - left + 1 };
}

/** Each new pixel is the mean of the old ones under it, parts of pixels included: [height × width]. */
function resized(ink, columns, box, height, width) {
  const result = new Uint8Array(height * width);
  const tall = box.rows / height, wide = box.columns / width; // old pixels per new one
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const top = row * tall, left = column * wide, bottom = top + tall, right = left + wide;
      let sum = 0;
      for (let y = Math.floor(top); y < Math.min(box.rows, bottom); y++)
        for (let x = Math.floor(left); x < Math.min(box.columns, right); x++)
          sum += (Math.min(bottom, y + 1) - Math.max(top, y)) * (Math.min(right, x + 1) - Math.max(left, x)) * ink[(box.top + y) * columns + box.left + x];
      result[row * width + column] = Math.min(255, Math.floor(sum / (tall * wide) + 0.5));
    }
  return result;
}

function placeInMiddle(height, width) {
  return [Math.floor((imageSize - height) / 2), Math.floor((imageSize - width) / 2)];
}

/** Where the upper left corner goes, so that the centre of mass is nearest to the middle and no ink is lost. */
function placeByMass(small, height, width) {
  let mass = 0, across = 0, down = 0;
  for (let i = 0; i < small.length; i++) {
    mass += small[i];
    across += small[i] * (i % width);
    down += small[i] * Math.floor(i / width);
  }
  if (mass === 0) return placeInMiddle(height, width); // ink so faint that it rounds to none
  const place = (mean, length) => clamp(Math.floor(middlePixel - mean + 0.5), 0, imageSize - length);
  return [place(down / mass, height), place(across / mass, width)];
}
