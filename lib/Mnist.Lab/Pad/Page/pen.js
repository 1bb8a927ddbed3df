// Drawing with a mouse, a pen, a finger or the keyboard. Strokes are lists of points [x, y] of the pad's 280 × 280 units.

/** Calls changed after each change of the strokes or of the keyboard's pen. */
function createPen(paper, changed) {
  const pen = { strokes: [], x: 140, y: 60, down: false, byKeys: false };
  let pointer = null; // the mouse, pen or finger that is drawing
  const stop = event => { event.preventDefault(); event.stopPropagation(); }; // a notebook has shortcuts of its own

  const lift = () => { pen.down = false; pointer = null; }; // a stroke that goes on would go on in another one
  pen.undo = () => { lift(); pen.strokes.pop(); changed(); };
  pen.clear = () => { lift(); pen.strokes = []; changed(); };

  const place = event => {
    const box = paper.getBoundingClientRect();
    const unit = (at, start, length) => clamp(Math.round((at - start) * padSize / length), 0, padSize);
    return [unit(event.clientX, box.left, box.width), unit(event.clientY, box.top, box.height)];
  };
  const add = point => {
    const stroke = pen.strokes[pen.strokes.length - 1], last = stroke[stroke.length - 1];
    if (point[0] !== last[0] || point[1] !== last[1]) stroke.push(point);
  };

  paper.addEventListener('pointerdown', event => {
    if (event.button !== 0 || pointer !== null) return;
    pointer = event.pointerId;
    paper.setPointerCapture(pointer);
    pen.down = pen.byKeys = false;
    pen.strokes.push([place(event)]);
    changed();
  });
  paper.addEventListener('pointermove', event => {
    if (event.pointerId !== pointer) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    (passed.length > 0 ? passed : [event]).forEach(each => add(place(each)));
    changed();
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'])
    paper.addEventListener(end, event => { if (event.pointerId === pointer) pointer = null; });

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  paper.addEventListener('keydown', event => {
    const arrow = arrows[event.key], step = event.shiftKey ? 2 : 10;
    if (arrow) {
      pen.x = clamp(pen.x + step * arrow[0], 0, padSize);
      pen.y = clamp(pen.y + step * arrow[1], 0, padSize);
      if (pen.down) add([pen.x, pen.y]);
    } else if (event.key === ' ' || event.key === 'Enter') {
      pointer = null;
      pen.down = !pen.down;
      if (pen.down) pen.strokes.push([[pen.x, pen.y]]);
    } else if (event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey))) {
      pen.undo();
    } else if (event.key === 'Delete') {
      pen.clear();
    } else {
      return;
    }
    pen.byKeys = true;
    stop(event);
    changed();
  });
  return pen;
}
