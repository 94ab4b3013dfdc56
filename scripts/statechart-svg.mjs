// The picture of the delegation workflow, drawn from the machine's outline: five phases as columns, every state a box with its
// deadline, its regions and what leads on. Pure: the same outline gives the same text.
const column = { width: 330, gap: 46, pad: 14 };
const line = 16;
const margin = 28;
const ink = { text: '#17212b', faint: '#5b6b7a', edge: '#2f6fb0', back: '#b0672f', box: '#ffffff', rule: '#c9d4de' };
const tints = ['#e8f1fb', '#eaf6ee', '#fdf3e1', '#efebfa', '#e6f5f6'];
/** Characters that fit a line of a box, at the average width of the font. */
const charactersPerLine = 46;

export function drawStatechart({ states, transitions }) {
  const phases = states.filter((state) => state.parentId === null && state.kind === 'compound');
  const others = states.filter((state) => state.parentId === null && state.kind !== 'compound');
  const boxes = new Map();
  let bottom = 0;
  phases.forEach((phase, index) => {
    const x = margin + index * (column.width + column.gap);
    let y = margin + 92;
    for (const state of states.filter(({ parentId }) => parentId === phase.id)) {
      const lines = linesOf(state, states, transitions);
      const height = 34 + lines.length * line + 8;
      boxes.set(state.id, { state, lines, x, y, height, index });
      y += height + 30;
    }
    bottom = Math.max(bottom, y);
  });
  const width = margin * 2 + phases.length * column.width + (phases.length - 1) * column.gap;
  const height = bottom + 136;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" lang="vi" font-family="'Be Vietnam Pro', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif">`,
    '<title>Hồ sơ đoàn ra: từ đề xuất đến hoàn thành</title>',
    '<defs>',
    ...[ink.edge, ink.back].map((fill, index) => marker(index === 0 ? 'on' : 'back', fill)),
    '</defs>',
    `<rect width="${width}" height="${height}" fill="#f7f9fb"/>`,
    ...phases.map((phase, index) => phaseColumn(phase, index, bottom, transitions)),
    // Under the boxes, so that no line runs through a text.
    ...arrows(boxes, transitions),
    ...[...boxes.values()].map(stateBox),
    ...endings(others, states, transitions, width, bottom),
    '</svg>',
    '',
  ].join('\n');
}

/** Every line under the name of a state: deadlines, regions with their states, and where each event leads. */
function linesOf(state, states, transitions) {
  const lines = [];
  const inside = (id) => id === state.id || id.startsWith(`${state.id}.`);
  for (const name of deadlinesWithin(state, states, transitions)) lines.push(...wrapped(name, 'deadline'));
  for (const region of states.filter(({ parentId }) => parentId === state.id)) {
    const leaves = states.filter(({ id }) => id.startsWith(`${region.id}.`)).filter((one) => isLeaf(one, states));
    lines.push(...wrapped(`${region.text.vi}: ${leaves.map(({ text }) => text.vi).join(' · ')}`, 'region'));
  }
  const leading = new Map();
  for (const transition of transitions.filter(({ from }) => inside(from))) {
    const away = transition.to.filter((id) => !inside(id));
    if (away.length === 0) continue;
    const known = leading.get(transition.event.text.vi) ?? new Set();
    if (transition.to.includes(state.id)) known.add('bước này lần nữa');
    for (const id of away) known.add(nameOf(boxIdOf(id), states));
    leading.set(transition.event.text.vi, known);
  }
  for (const [event, targets] of leading) lines.push(...wrapped(`${event} → ${[...targets].join(' / ')}`, 'event'));
  return lines;
}

function deadlinesWithin(state, states, transitions) {
  const owners = states.filter(({ id }) => id === state.id || id.startsWith(`${state.id}.`));
  const names = new Set(owners.flatMap(({ deadlines }) => deadlines));
  return [...names].map((name) => transitions.find(({ event }) => event.type === name).event.text.vi);
}

function isLeaf(state, states) {
  return !states.some(({ parentId }) => parentId === state.id);
}

/** The box a state is drawn in: the child of its phase, or the state itself outside the phases. */
function boxIdOf(id) {
  return id.split('.').slice(0, 2).join('.');
}

function nameOf(id, states) {
  return states.find((state) => state.id === id)?.text.vi ?? id;
}

function wrapped(text, kind) {
  const lines = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current && current.length + 1 + word.length > charactersPerLine) {
      lines.push({ text: current, kind });
      current = `   ${word}`;
    } else current = current ? `${current} ${word}` : word;
  }
  return [...lines, { text: current, kind }];
}

function phaseColumn(phase, index, bottom, transitions) {
  const x = margin + index * (column.width + column.gap);
  const anywhere = transitions.filter(({ from }) => from === phase.id).map(({ event }) => event.text.vi);
  const lines = anywhere.length > 0 ? wrapped(`Ở mọi bước: ${[...new Set(anywhere)].join(', ')}`, 'region') : [];
  return [
    `<rect x="${x - 12}" y="${margin}" width="${column.width + 24}" height="${bottom - margin - 8}" rx="10" fill="${tints[index % tints.length]}"/>`,
    `<text x="${x}" y="${margin + 30}" font-size="19" font-weight="700" fill="${ink.text}">${index + 1}. ${escaped(phase.text.vi)}</text>`,
    ...lines.map((one, row) => textLine(one.text, x, margin + 52 + row * line, { size: 12, fill: ink.faint })),
  ].join('\n');
}

function stateBox({ state, lines, x, y, height }) {
  return [
    `<rect x="${x}" y="${y}" width="${column.width}" height="${height}" rx="7" fill="${ink.box}" stroke="${ink.rule}"/>`,
    `<text x="${x + column.pad}" y="${y + 23}" font-size="14.5" font-weight="700" fill="${ink.text}">${escaped(state.text.vi)}</text>`,
    ...lines.map(({ text, kind }, row) =>
      textLine(text, x + column.pad, y + 44 + row * line, {
        size: 12,
        fill: { deadline: ink.back, region: ink.faint, event: ink.text }[kind],
      }),
    ),
  ].join('\n');
}

/** An event that is routed on by another phase is drawn to where it leads first; the box lists the rest. */
function drawnTargets({ from, to }) {
  const phase = from.split('.')[0];
  return to.filter((target, index) => index === 0 || to[0].split('.')[0] === phase || target.split('.')[0] === phase);
}

/** Forward arrows on the right of their column or straight down, backward arrows on the left. One arrow a pair of boxes. */
function arrows(boxes, transitions) {
  const pairs = new Map();
  for (const transition of transitions) {
    for (const target of drawnTargets(transition)) {
      const [source, goal] = [boxIdOf(transition.from), boxIdOf(target)];
      if (source !== goal && boxes.has(source) && boxes.has(goal)) pairs.set(`${source}>${goal}`, [source, goal]);
    }
  }
  return [...pairs.values()].map(([source, goal], lane) => arrow(boxes.get(source), boxes.get(goal), lane));
}

function arrow(from, to, lane) {
  const shift = ((lane % 5) - 2) * 7;
  const middle = from.x + column.width / 2 + shift * 3;
  const isNext = to.index === from.index && to.y > from.y && to.y - from.y - from.height < 40;
  if (isNext) return path(`M${middle} ${from.y + from.height} L${middle} ${to.y - 3}`, 'on');
  if (to.index === from.index) {
    const isDown = to.y > from.y;
    const x = isDown ? from.x + column.width : from.x;
    const bend = isDown ? x + 16 : x - 16;
    const [start, end] = [from.y + from.height / 2 + shift, to.y + 18 + shift];
    return path(
      `M${x} ${start} C${bend} ${start} ${bend} ${end} ${x + (isDown ? 3 : -3)} ${end}`,
      isDown ? 'on' : 'back',
    );
  }
  const isForward = to.index > from.index;
  const [x1, x2] = isForward ? [from.x + column.width, to.x - 3] : [from.x, to.x + column.width + 3];
  const [y1, y2] = [from.y + from.height / 2 + shift, to.y + 18 + shift];
  const bend = (x2 - x1) / 2;
  return path(`M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, isForward ? 'on' : 'back');
}

function endings(others, states, transitions, width, bottom) {
  const each = (width - margin * 2 - (others.length - 1) * 18) / others.length;
  return others.map((state, index) => {
    const x = margin + index * (each + 18);
    const events = transitions.filter(({ to }) => to.some((id) => boxIdOf(id) === state.id));
    const into = [...new Set(events.map(({ event }) => event.text.vi))];
    const out = transitions.filter(({ from }) => from === state.id).map(({ event }) => event.text.vi);
    const lines = [
      ...(into.length > 0
        ? wrapped(`từ: ${into.join(', ')}`, 'region')
        : wrapped('khi mọi nghĩa vụ đã xong', 'region')),
      ...(out.length > 0 ? wrapped(`tiếp: ${[...new Set(out)].join(', ')}`, 'event') : []),
    ];
    const isFinal = states.find(({ id }) => id === state.id).kind === 'final';
    return [
      `<rect x="${x}" y="${bottom + 16}" width="${each}" height="96" rx="${isFinal ? 22 : 7}" fill="${ink.box}" stroke="${isFinal ? ink.text : ink.rule}" stroke-width="${isFinal ? 2 : 1}"/>`,
      `<text x="${x + 18}" y="${bottom + 44}" font-size="14.5" font-weight="700" fill="${ink.text}">${escaped(state.text.vi)}</text>`,
      ...lines.map((one, row) => textLine(one.text, x + 18, bottom + 66 + row * line, { size: 12, fill: ink.faint })),
    ].join('\n');
  });
}

function path(d, kind) {
  const stroke = kind === 'on' ? ink.edge : ink.back;
  const dash = kind === 'on' ? '' : ' stroke-dasharray="5 4"';
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="1.6"${dash} marker-end="url(#${kind})"/>`;
}

function marker(id, fill) {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="${fill}"/></marker>`;
}

function textLine(text, x, y, { size, fill }) {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" xml:space="preserve">${escaped(text)}</text>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
