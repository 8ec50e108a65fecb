/** A line that changes by less than this share of its height is drawn flat: noise must not look like an event. */
const FLAT_SHARE = 0.1;

/** Values for each unit of the width from which on some are left out. */
const DENSE = 2;

/**
 * The path of a small line chart in the box `width` × `height`, newest value at the right edge, for the `d` of an SVG path.
 * `capacity` is how many values span the width: a short history begins somewhere in the middle.
 */
export function sparkline(values: readonly (number | null)[], capacity: number, width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return '';
  const high = Math.max(...known);
  const low = Math.min(...known);
  const range = Math.max(high - low, Math.abs(high) * FLAT_SHARE, Number.MIN_VALUE);
  const middle = (high + low) / 2;
  const start = Math.max(0, capacity - values.length);
  // So many values would be in one place that each of them would only cost time.
  const stride = Math.max(1, Math.floor(values.length / (width * DENSE)));
  let path = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if ((values.length - 1 - index) % stride !== 0) return;
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = ((start + index) / Math.max(1, capacity - 1)) * width;
    const y = height / 2 - ((value - middle) / range) * height;
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}
