type Attribute = string | number | boolean | readonly number[];

const textOf = (value: Attribute): string => (typeof value === 'object' ? value.join(' ') : String(value));

/** An element of MJCF. @param inner what stands within it, elements as text. */
export const element = (
  tag: string,
  attributes: Readonly<Record<string, Attribute | undefined>> = {},
  ...inner: readonly string[]
): string => {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, Attribute] => entry[1] !== undefined)
    .map(([name, value]) => ` ${name}="${textOf(value)}"`)
    .join('');
  return inner.length === 0 ? `<${tag}${written}/>` : `<${tag}${written}>${inner.join('')}</${tag}>`;
};

type Attributes = Readonly<Record<string, Attribute | undefined>>;

/** A hinge or a slide; what is not given comes from the model's defaults. */
export const hinge = (name: string, axis: readonly number[], more: Attributes = {}): string =>
  element('joint', { name, type: 'hinge', axis, ...more });

export const slide = (name: string, axis: readonly number[], more: Attributes = {}): string =>
  element('joint', { name, type: 'slide', axis, ...more });

/** A joint that neither springs, brakes nor stops: what ties a body to the plane it moves in. */
export const loose = { armature: 0, damping: 0, stiffness: 0, limited: false } as const;

/** A capsule between two points. */
export const rod = (
  from: readonly number[],
  to: readonly number[],
  radius: number,
  more: Attributes = {},
): string => element('geom', { type: 'capsule', fromto: [...from, ...to], size: radius, ...more });

/** A capsule around its middle, along z unless it is turned. */
export const capsule = (radius: number, half: number, more: Attributes = {}): string =>
  element('geom', { type: 'capsule', size: [radius, half], ...more });

export const sphere = (radius: number, more: Attributes = {}): string =>
  element('geom', { type: 'sphere', size: radius, ...more });

export const body = (name: string, position: readonly number[], ...inner: readonly string[]): string =>
  element('body', { name, pos: position }, ...inner);

export interface ModelParts {
  readonly angle: 'radian' | 'degree';
  readonly compiler?: Attributes;
  readonly option: Attributes;
  /** Defaults of joints, geoms and motors. */
  readonly joint: Attributes;
  readonly geom: Attributes;
  readonly motor?: Attributes;
  /** Attributes of the ground, a plane, beside the defaults of geoms; none where there is no ground. */
  readonly floor: Attributes;
  readonly bodies: readonly string[];
  readonly tendons?: readonly string[];
  /** Motors in their order: joint and gear. */
  readonly motors: readonly (readonly [joint: string, gear: number])[];
  /** Bytes of working memory of a simulation; the engine would take 13 MB. */
  readonly memory: string;
}

/** A whole model. */
export const modelOf = (parts: ModelParts): string =>
  element(
    'mujoco',
    {},
    element('compiler', { angle: parts.angle, inertiafromgeom: true, ...parts.compiler }),
    element('option', parts.option),
    element('size', { memory: parts.memory }),
    element(
      'default',
      {},
      element('joint', parts.joint),
      element('geom', parts.geom),
      element('motor', { ctrllimited: true, ctrlrange: [-1, 1], ...parts.motor }),
    ),
    element(
      'worldbody',
      {},
      element('geom', { name: 'floor', type: 'plane', ...parts.floor }),
      ...parts.bodies,
    ),
    ...(parts.tendons ? [element('tendon', {}, ...parts.tendons)] : []),
    element('actuator', {}, ...parts.motors.map(([joint, gear]) => element('motor', { joint, gear }))),
  );
