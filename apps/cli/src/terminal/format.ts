/** 1234567 as `1,234,567`. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** A metric: four significant digits; what is only rounding error is 0. */
export const metric = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-9) return '0';
  if (size >= 1000) return count(value);
  return String(Number(value.toPrecision(4)));
};

/** Seconds as `42 s`, `3 min 05 s`, `2 h 07 min`. */
export const duration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return 'unknown';
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
};

/** Named numbers as `return 12.5, winRate 0.25`. */
export const metricsLine = (metrics: Readonly<Record<string, number>>): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${metric(value)}`)
    .join(', ');
