import { type Field, type Reading, range } from './reading';

/** What an agent may see of a joint: fields of the simulation, and what a body adds. */
export type Category = Field | 'fingertip_dist' | 'ten_J' | 'ten_length' | 'ten_velocity';

export const categories = [
  'qpos',
  'qvel',
  'cinert',
  'cvel',
  'qfrc_actuator',
  'cfrc_ext',
  'fingertip_dist',
  'ten_J',
  'ten_length',
  'ten_velocity',
] as const;

/** A joint with its motor, or something that everybody sees. */
export interface GraphNode {
  /** Agents see the joints of one distance in the order of their labels. */
  readonly label: string;
  /** Which motor it has; -1 for none. */
  readonly action: number;
  readonly readings: Readonly<Partial<Record<Category, readonly Reading[]>>>;
  /** Whose forces, inertia and velocity belong to it. */
  readonly bodies: readonly number[];
  /** The forces of these bodies are brought into ± this. */
  readonly bodyLimit?: number;
}

/** Joints that are next to each other, and what everybody sees. */
export interface Graph {
  /** All that have a motor; where there are many segments, segment by segment. */
  readonly joints: readonly GraphNode[];
  /** Nodes of one edge are all adjacent to each other. */
  readonly edges: readonly (readonly GraphNode[])[];
  readonly globals: readonly GraphNode[];
}

/** A node that is nothing but joint `qpos` and `qvel`. */
export const joint = (
  label: string,
  action: number,
  qpos: number,
  qvel: number,
  more: Partial<GraphNode> = {},
): GraphNode => ({
  ...{ label, action, bodies: [] },
  ...more,
  readings: {
    qpos: range('qpos', qpos, 1),
    qvel: range('qvel', qvel, 1),
    qfrc_actuator: range('qfrc_actuator', qvel, 1),
    ...more.readings,
  },
});

/** What multiagent_mujoco (2020) shows all of a root: of each of its joints one position and one velocity as they are. */
export const originalRoots = (...joints: readonly number[]): GraphNode[] =>
  joints.map((index) => joint(`root${index}`, -1, index, index, { readings: { qfrc_actuator: [] } }));

/** Edges between neighbours in a row. */
export const chain = (...nodes: readonly GraphNode[]): GraphNode[][] =>
  nodes.slice(1).map((node, index) => [nodes[index], node]);

const byLabel = (nodes: Iterable<GraphNode>): GraphNode[] =>
  [...nodes].sort((one, other) => (one.label < other.label ? -1 : one.label > other.label ? 1 : 0));

/** Joints at distance 0, 1, … `depth` of an agent's own, each once, sorted by label within a distance. */
export const layersOf = (graph: Graph, own: readonly GraphNode[], depth: number): GraphNode[][] => {
  const seen = new Set(own);
  const layers = [byLabel(own)];
  for (let distance = 1; distance <= depth; distance++) {
    const next = new Set<GraphNode>();
    for (const node of layers[distance - 1]) {
      for (const edge of graph.edges) {
        if (!edge.includes(node)) continue;
        for (const neighbour of edge) if (!seen.has(neighbour)) next.add(neighbour);
      }
    }
    for (const node of next) seen.add(node);
    layers.push(byLabel(next));
  }
  return layers;
};

/** Numbers of a body in each field that has them. */
const bodyWidths: Readonly<Partial<Record<Category, number>>> = { cinert: 10, cvel: 6, cfrc_ext: 6 };

/** Readings of a node in a category; each body is told once (`told` remembers). */
const readingsOf = (node: GraphNode, category: Category, told: Set<string>): Reading[] => {
  const given = node.readings[category];
  if (given) return [...given];
  const width = bodyWidths[category];
  if (width === undefined) return [];
  return node.bodies.flatMap((body) => {
    const key = `${category} ${body}`;
    if (told.has(key)) return [];
    told.add(key);
    return range(
      category as Field,
      body * width,
      width,
      category === 'cfrc_ext' ? node.bodyLimit : undefined,
    );
  });
};

/**
 * What one agent observes (Gymnasium-Robotics, MaMuJoCo v1, `build_obs`): its own joints and those up to `depth` away,
 * near before far, then what everybody sees.
 * @param local categories at each distance; the last holds for all that follow.
 * @param global categories of what everybody sees.
 */
export const observationOf = (
  graph: Graph,
  own: readonly GraphNode[],
  depth: number,
  local: readonly (readonly Category[])[],
  global: readonly Category[],
): Reading[] => {
  const told = new Set<string>();
  const near = layersOf(graph, own, depth).flatMap((layer, distance) =>
    layer.flatMap((node) =>
      local[Math.min(distance, local.length - 1)].flatMap((category) => readingsOf(node, category, told)),
    ),
  );
  const toldToAll = new Set<string>();
  const everywhere = global.flatMap((category) =>
    graph.globals.flatMap((node) => readingsOf(node, category, toldToAll)),
  );
  return [...near, ...everywhere];
};
