/** Wraps an algorithm and a world so that a training run tells where its time goes. */
export const timed = (algorithm, factory, warmUp) => {
  const spent = { environment: 0, acting: 0, storing: 0, learning: 0 };
  const counted = { steps: 0, updates: 0, episodes: 0 };
  let began = 0;
  let ended = 0;
  let before = 0;

  const during =
    (part, work) =>
    (...given) => {
      const start = performance.now();
      const result = work(...given);
      const done = () => {
        ended = performance.now();
        if (began > 0) spent[part] += ended - start;
      };
      if (result instanceof Promise) return result.finally(done);
      done();
      return result;
    };

  const watched = (learner) => {
    const { experience } = learner;
    const observe = during('storing', experience.observe.bind(experience));
    const update = during('learning', learner.update.bind(learner));
    return {
      ...learner,
      act: during('acting', learner.act.bind(learner)),
      experience: {
        observe(from, actions, to) {
          observe(from, actions, to);
          before += to.copies;
          if (before <= warmUp) return;
          if (began === 0) began = performance.now();
          else counted.steps += to.copies;
          for (let copy = 0; copy < to.copies; copy++)
            counted.episodes += to.terminated[copy] | to.truncated[copy];
        },
        take: during('storing', experience.take.bind(experience)),
      },
      update(batch, context) {
        if (began > 0) counted.updates++;
        return update(batch, context);
      },
    };
  };

  return {
    algorithm: {
      ...algorithm,
      create: async (...given) => watched(await algorithm.create(...given)),
    },
    world: (request) => {
      const world = factory(request);
      return { ...world, step: during('environment', world.step.bind(world)) };
    },
    /** Of all between the warm-up and now. Milliseconds. */
    read: () => ({ spent: { ...spent }, ...counted, milliseconds: ended - began }),
  };
};
