import { type Bitmap, skeletonOf } from './skeleton';

/** A point of a trace, in pixels. */
export type TracePoint = readonly [x: number, y: number];

/** Lines of a skeleton that are shorter than this, in widths of the pen, are the ends' and crossings' own shape. */
const SPUR = 0.9;
const BRIDGE = 1.3;
/** Directions at a crossing are taken so far from it, in widths of the pen. */
const AHEAD = 2.2;
/** A pen that turns more than this at a crossing was lifted, as a cosine. */
const STRAIGHT = 0.35;
/** A skeleton of more lines is a texture's, not writing's. */
const MOST_LINES = 600;
/** Points on each side that a point is smoothed with. */
const SMOOTH = 2;

/** A line of the skeleton between two of its ends or crossings. */
interface Edge {
  from: number;
  to: number;
  points: TracePoint[];
}

/** An edge as it leaves one of its nodes. */
interface Arm {
  readonly edge: Edge;
  readonly isStart: boolean;
}

/**
 * The strokes that a pen may have drawn: the skeleton of ink, its lines joined at crossings where they go straight on,
 * each from where hands begin it: at the top, or at the left where it lies.
 *
 * @param bitmap with no ink on its outermost pixels
 * @param penWidth in pixels
 * @returns strokes from left to right; none of what is no writing but a texture
 */
export function tracesOf(bitmap: Bitmap, penWidth: number): TracePoint[][] {
  const graph = graphOf(skeletonOf(bitmap));
  if (graph.edges.length > MOST_LINES) return [];
  contract(graph, BRIDGE * penWidth);
  prune(graph, SPUR * penWidth);
  const strokes = joined(graph, AHEAD * penWidth).map((points) => begun(smoothed(points)));
  return strokes.sort((a, b) => middleOf(a) - middleOf(b));
}

interface Graph {
  readonly nodes: TracePoint[];
  edges: Edge[];
}

function graphOf({ width, ink }: Bitmap): Graph {
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  const neighbors = (at: number) => around.map((step) => at + step).filter((next) => ink[next] === 1);
  const pixels = [...ink.keys()].filter((at) => ink[at] === 1);
  const isNode = new Uint8Array(ink.length);
  for (const at of pixels) if (neighbors(at).length !== 2) isNode[at] = 1;
  const nodeOf = new Int32Array(ink.length).fill(-1);
  const point = (at: number): TracePoint => [(at % width) + 0.5, Math.floor(at / width) + 0.5];
  const nodes: TracePoint[] = [];
  for (const start of pixels) {
    if (!isNode[start] || (nodeOf[start] ?? 0) >= 0) continue;
    const cluster = [start];
    nodeOf[start] = nodes.length;
    for (const at of cluster) {
      for (const next of neighbors(at)) {
        if (!isNode[next] || (nodeOf[next] ?? 0) >= 0) continue;
        nodeOf[next] = nodes.length;
        cluster.push(next);
      }
    }
    nodes.push(centerOf(cluster.map(point)));
  }
  const edges: Edge[] = [];
  const seen = new Uint8Array(ink.length);
  const follow = (from: number, first: number) => {
    const chain: TracePoint[] = [];
    let [before, at] = [from, first];
    while (!isNode[at]) {
      seen[at] = 1;
      chain.push(point(at));
      const next = neighbors(at).find(
        (each) =>
          each !== before && (isNode[each] ? chain.length > 1 || nodeOf[each] !== nodeOf[from] : !seen[each]),
      );
      if (next === undefined) return { chain, end: -1 };
      [before, at] = [at, next];
    }
    return { chain, end: nodeOf[at] ?? -1 };
  };
  for (const start of pixels) {
    if (!isNode[start]) continue;
    for (const first of neighbors(start)) {
      if (isNode[first] || seen[first]) continue;
      const from = nodeOf[start] ?? 0;
      const { chain, end } = follow(start, first);
      const to = end >= 0 ? end : from;
      edges.push({ from, to, points: [nodes[from] as TracePoint, ...chain, nodes[to] as TracePoint] });
    }
  }
  // what has neither ends nor crossings is a ring
  for (const start of pixels) {
    if (isNode[start] || seen[start]) continue;
    const { chain } = follow(-1, start);
    nodes.push(point(start));
    edges.push({ from: nodes.length - 1, to: nodes.length - 1, points: [...chain, point(start)] });
  }
  // a dot is an end alone
  const touched = new Set(edges.flatMap(({ from, to }) => [from, to]));
  nodes.forEach((node, index) => {
    if (!touched.has(index)) edges.push({ from: index, to: nodes.push(node) - 1, points: [node, node] });
  });
  return { nodes, edges };
}

function armsOf({ edges }: Graph): Map<number, Arm[]> {
  const arms = new Map<number, Arm[]>();
  const add = (node: number, arm: Arm) => arms.set(node, [...(arms.get(node) ?? []), arm]);
  for (const edge of edges) {
    add(edge.from, { edge, isStart: true });
    add(edge.to, { edge, isStart: false });
  }
  return arms;
}

/** Makes one crossing of two that lie as near to each other as the pen is wide. */
function contract(graph: Graph, least: number): void {
  for (;;) {
    const arms = armsOf(graph);
    const isCrossing = (node: number) => (arms.get(node)?.length ?? 0) > 2;
    const bridge = graph.edges.find(
      ({ from, to, points }) => from !== to && isCrossing(from) && isCrossing(to) && lengthOf(points) < least,
    );
    if (!bridge) return;
    const { from, to } = bridge;
    const middle = centerOf([graph.nodes[from] as TracePoint, graph.nodes[to] as TracePoint]);
    graph.nodes[from] = middle;
    graph.edges = graph.edges.filter((edge) => edge !== bridge);
    for (const edge of graph.edges) {
      if (edge.from === to) edge.from = from;
      if (edge.to === to) edge.to = from;
      if (edge.from === from) edge.points[0] = middle;
      if (edge.to === from) edge.points[edge.points.length - 1] = middle;
    }
  }
}

/** Takes away short lines that end freely behind a crossing. */
function prune(graph: Graph, least: number): void {
  const arms = armsOf(graph);
  const count = (node: number) => arms.get(node)?.length ?? 0;
  graph.edges = graph.edges.filter(({ from, to, points }) => {
    const isFree = (count(from) === 1 && count(to) > 2) || (count(to) === 1 && count(from) > 2);
    return !isFree || lengthOf(points) >= least;
  });
}

/** Strokes: edges that go on into each other. */
function joined(graph: Graph, ahead: number): TracePoint[][] {
  const onwards = new Map<string, Arm>();
  const keys = new Map(graph.edges.map((edge, index) => [edge, index]));
  const keyOf = ({ edge, isStart }: Arm) => `${String(keys.get(edge))}${isStart ? 's' : 'e'}`;
  for (const arms of armsOf(graph).values()) {
    for (const [a, b] of paired(arms, ahead)) {
      onwards.set(keyOf(a), b);
      onwards.set(keyOf(b), a);
    }
  }
  const done = new Set<Edge>();
  const strokes: TracePoint[][] = [];
  const draw = (first: Arm) => {
    const points: TracePoint[] = [];
    let arm: Arm | undefined = first;
    while (arm && !done.has(arm.edge)) {
      done.add(arm.edge);
      const next: readonly TracePoint[] = arm.isStart ? arm.edge.points : arm.edge.points.toReversed();
      for (const point of points.length > 0 ? next.slice(1) : next) points.push(point);
      arm = onwards.get(keyOf({ edge: arm.edge, isStart: !arm.isStart }));
    }
    strokes.push(points);
  };
  for (const edge of graph.edges)
    for (const isStart of [true, false])
      if (!done.has(edge) && !onwards.has(keyOf({ edge, isStart }))) draw({ edge, isStart });
  for (const edge of graph.edges) if (!done.has(edge)) draw({ edge, isStart: true });
  return strokes;
}

/** The pairs of arms of a crossing that one stroke has in common, straightest first. */
function paired(arms: readonly Arm[], ahead: number): [Arm, Arm][] {
  if (arms.length < 2) return [];
  const [only, other] = arms;
  if (arms.length === 2 && only && other) return only.edge === other.edge ? [] : [[only, other]];
  const directions = arms.map((arm) => directionOf(arm, ahead));
  const pairs = arms
    .flatMap((_, a) =>
      arms.slice(a + 1).map((_, offset) => {
        const b = a + 1 + offset;
        const [x = [0, 0], y = [0, 0]] = [directions[a], directions[b]];
        return { a, b, straight: -(x[0] * y[0] + x[1] * y[1]) };
      }),
    )
    .filter(({ straight }) => straight > STRAIGHT)
    .sort((one, two) => two.straight - one.straight);
  const used = new Set<number>();
  const chosen: [Arm, Arm][] = [];
  for (const { a, b } of pairs) {
    if (used.has(a) || used.has(b)) continue;
    used.add(a).add(b);
    chosen.push([arms[a] as Arm, arms[b] as Arm]);
  }
  return chosen;
}

function directionOf({ edge, isStart }: Arm, ahead: number): TracePoint {
  const points = isStart ? edge.points : edge.points.toReversed();
  const [x, y] = points[0] ?? [0, 0];
  const far = points.find(([px, py]) => Math.hypot(px - x, py - y) >= ahead) ?? points.at(-1) ?? [x, y];
  const length = Math.hypot(far[0] - x, far[1] - y) || 1;
  return [(far[0] - x) / length, (far[1] - y) / length];
}

function smoothed(points: readonly TracePoint[]): TracePoint[] {
  return points.map((point, at) => {
    const reach = Math.min(SMOOTH, at, points.length - 1 - at);
    return reach === 0 ? point : centerOf(points.slice(at - reach, at + reach + 1));
  });
}

/** The stroke from its beginning: of two ends the upper one, or the left one of a stroke that lies. */
function begun(points: TracePoint[]): TracePoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return points;
  if (Math.hypot(first[0] - last[0], first[1] - last[1]) < 2 && points.length > 4) return ring(points);
  return first[0] + first[1] * 1.5 <= last[0] + last[1] * 1.5 ? points : points.reverse();
}

/** A closed stroke from its top, to the left first. */
function ring(points: TracePoint[]): TracePoint[] {
  let top = 0;
  points.forEach(([, y], at) => {
    if (y < (points[top]?.[1] ?? 0)) top = at;
  });
  const turned = [...points.slice(top), ...points.slice(1, top + 1)];
  const ahead = turned[Math.floor(turned.length / 8)] ?? [0, 0];
  const behind = turned[Math.floor((7 * turned.length) / 8)] ?? [0, 0];
  return ahead[0] <= behind[0] ? turned : turned.reverse();
}

function centerOf(points: readonly TracePoint[]): TracePoint {
  let [x, y] = [0, 0];
  for (const point of points) [x, y] = [x + point[0], y + point[1]];
  return [x / points.length, y / points.length];
}

/** The way along a trace, in pixels. */
export function lengthOf(points: readonly TracePoint[]): number {
  let length = 0;
  points.forEach(([x, y], at) => {
    const before = points[at - 1];
    if (before) length += Math.hypot(x - before[0], y - before[1]);
  });
  return length;
}

function middleOf(points: readonly TracePoint[]): number {
  let [left, right] = [Infinity, -Infinity];
  for (const [x] of points) [left, right] = [Math.min(left, x), Math.max(right, x)];
  return (left + right) / 2;
}
