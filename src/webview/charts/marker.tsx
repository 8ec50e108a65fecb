import type { SeriesMarker } from './description';

const PATHS: Readonly<Record<SeriesMarker, string>> = {
  circle: 'M-3 0A3 3 0 1 0 3 0A3 3 0 1 0 -3 0Z',
  square: 'M-2.6 -2.6H2.6V2.6H-2.6Z',
  diamond: 'M0 -3.6L3.6 0L0 3.6L-3.6 0Z',
  triangle: 'M0 -3.6L3.6 2.8H-3.6Z',
};

/** The marker of a series, around the origin of an SVG. */
export function MarkerShape({ marker, color }: { readonly marker: SeriesMarker; readonly color: string }) {
  return <path class="marker-shape" d={PATHS[marker]} style={{ fill: color }} />;
}
