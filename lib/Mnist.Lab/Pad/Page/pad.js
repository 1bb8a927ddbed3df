// The drawing pad: what is drawn goes through the network at once, and everything on the way is shown.

/** Starts one pad. network: what decodeNetwork takes, and colors, one of each hidden layer. */
function startPad(root, network) {
  const find = selector => root.querySelector(selector);
  const layers = decodeNetwork(network), first = layers[0];
  const paper = find('.paper'), rows = createDigitRows(find('.digits'));
  const pictures = network.colors.map((color, l) => createLayer(find('.layers'), l, layers[l].outputs));
  let chosen = null, requested = false; // chosen: the reader's neuron; else the most active one is shown
  const pen = createPen(paper, requestDraw);

  function requestDraw() {
    if (requested) return;
    requested = true;
    requestAnimationFrame(() => { requested = false; draw(); });
  }

  function draw() {
    const ink = inkOf(pen.strokes, Number(find('.pen').value));
    const pixels = normalize(ink, padSize, padSize, find('input[name=how]:checked').value);
    const input = toInput(pixels), { outputs, probabilities } = forward(layers, input);
    paintInk(paper, ink);
    if (pen.byKeys) paintPen(paper, pen);
    paintInk(find('.input'), pixels);
    showAnswer(find('.answer'), rows, probabilities, pen.strokes.length === 0);
    const shown = chosen ?? outputs[0].indexOf(Math.max(...outputs[0]));
    pictures.forEach((canvas, l) => paintLayer(canvas, outputs[l], network.colors[l], l === 0 ? shown : null));
    showNeuron(shown, input, outputs[0][shown]);
    find('.text').value = strokesText(pen.strokes);
  }

  function showNeuron(neuron, input, output) {
    const weights = Array.from({ length: first.inputs }, (_, i) => first.weights[i * first.outputs + neuron]);
    const products = weights.map((weight, i) => weight * input[i]), sum = products.reduce((total, product) => total + product, 0);
    paintSigned(find('.weights'), weights);
    paintSigned(find('.products'), products);
    const last = layers.length === 1, bias = first.bias[neuron];
    find('.neuron-title').textContent = `Neuron ${neuron} of the first layer${chosen === null ? ', now the most active' : ''}`;
    find('.sum').textContent = `sum of weights × input ${sum.toFixed(2)} + bias ${bias.toFixed(2)} = ${(sum + bias).toFixed(2)}${last ? '' : `, after the ReLU ${output.toFixed(2)}`}`;
  }

  const choose = neuron => { if (neuron !== null && neuron !== chosen) { chosen = neuron; requestDraw(); } };
  if (pictures.length > 0) listenToNeurons(pictures[0], first.outputs, choose, () => chosen ?? 0);
  find('.undo').addEventListener('click', pen.undo);
  find('.clear').addEventListener('click', pen.clear);
  find('.save').addEventListener('click', () => savePng(inkOf(pen.strokes, Number(find('.pen').value))));
  find('.pen').addEventListener('input', requestDraw);
  root.querySelectorAll('input[name=how]').forEach(radio => radio.addEventListener('change', requestDraw));
  draw();
}

function createDigitRows(list) {
  return Array.from({ length: 10 }, (_, digit) => {
    const row = list.appendChild(document.createElement('li'));
    const add = (parent, name) => Object.assign(parent.appendChild(document.createElement('span')), { className: name });
    add(row, 'digit').textContent = digit;
    const track = add(row, 'track'), bar = add(track, 'bar');
    return { row, bar, share: add(row, 'share') };
  });
}

function showAnswer(answer, rows, probabilities, blank) {
  const most = Math.max(...probabilities), digit = probabilities.indexOf(most);
  rows.forEach(({ row, bar, share }, i) => {
    row.className = i === digit ? 'most' : '';
    bar.style.width = `${100 * probabilities[i]}%`;
    share.textContent = `${(100 * probabilities[i]).toFixed(1)} %`;
  });
  const text = `${digit}, ${(100 * most).toFixed(1)} % sure`;
  if (answer.dataset.text === text + blank) return; // a screen reader hears changes only
  answer.dataset.text = text + blank;
  answer.replaceChildren(blank ? 'Blank paper: ' : 'It reads ', Object.assign(document.createElement('b'), { textContent: digit }), text.slice(1));
}

function createLayer(parent, l, count) {
  const part = parent.appendChild(document.createElement('div'));
  part.className = 'layer';
  part.appendChild(document.createElement('h3')).textContent = `Hidden layer ${l + 1}: ${count} neurons`;
  const canvas = part.appendChild(document.createElement('canvas'));
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `How active each of the ${count} neurons of hidden layer ${l + 1} is`);
  return canvas;
}

/** Pointing at a neuron, touching it, or walking to it with the arrow keys chooses it. */
function listenToNeurons(canvas, count, choose, current) {
  canvas.tabIndex = 0;
  const point = event => choose(neuronAt(canvas, event.offsetX, event.offsetY, count));
  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerdown', point);
  canvas.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -neuronsPerRow, ArrowDown: neuronsPerRow }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(clamp(current() + step, 0, count - 1));
  });
}

/** The keyboard's pen: a ring, filled when it is down. */
function paintPen(paper, pen) {
  const context = paper.getContext('2d');
  context.beginPath();
  context.arc(pen.x, pen.y, 8, 0, 2 * Math.PI);
  context.lineWidth = 3;
  context.strokeStyle = context.fillStyle = '#d55e00';
  context.stroke();
  if (pen.down) context.fill();
}

/** The drawing in black on white, for InkFile.Read. */
function savePng(ink) {
  const canvas = Object.assign(document.createElement('canvas'), { width: padSize, height: padSize });
  paint(canvas, ink, value => [255 - value, 255 - value, 255 - value, 255]);
  canvas.toBlob(blob => {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: 'digit.png' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
