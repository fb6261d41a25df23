const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/**
 * Take every step in turn, whatever came of those before, and close with a table and the line `N passed, N failed`.
 * @param {{ name: string, take: () => Promise<{ passed: number, failed: number, note?: string }> }[]} steps
 * @returns {Promise<number>} how many failed
 */
export const takeSteps = async (steps) => {
  const rows = [];
  for (const { name, take } of steps) {
    console.log(`\n── ${name}`);
    const began = performance.now();
    const { passed, failed, note } = await take().catch((error) => ({
      passed: 0,
      failed: 1,
      note: error.message,
    }));
    const time = seconds(performance.now() - began);
    console.log(`── ${name}: ${note ?? (failed ? `${failed} failed` : 'passed')}, ${time}`);
    rows.push({ name, passed, failed, time, note });
  }
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n${'Step'.padEnd(width)}  passed  failed      time`);
  for (const { name, passed, failed, time, note } of rows) {
    const columns = [
      name.padEnd(width),
      String(passed).padStart(6),
      String(failed).padStart(6),
      time.padStart(8),
    ];
    console.log(note ? `${columns.join('  ')}  ${note}` : columns.join('  '));
  }
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed');
};
