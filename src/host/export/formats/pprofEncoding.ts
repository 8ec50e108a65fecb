/** pprof's protocol buffer, gzipped: https://github.com/google/pprof/blob/main/proto/profile.proto */
import { gzipSync } from 'node:zlib';
import { Function as PprofFunction, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import type { EpochMilliseconds } from '../../../protocol/units';
import { stackOf, type FileTree } from './fileTree';
import { fileOf, nameOf } from './frameText';

/** One column of a profile: what is counted, in which unit, and each node's own value. */
export interface PprofColumn {
  readonly type: string;
  readonly unit: string;
  readonly values: Float64Array;
}

export interface PprofContent {
  readonly tree: FileTree;
  readonly columns: readonly PprofColumn[];
  /** The type that a reader shows first. */
  readonly shownFirst: string;
  /** What lies between two samples. */
  readonly period: { readonly type: string; readonly unit: string; readonly value: number };
  /** When it was taken. */
  readonly time: EpochMilliseconds;
  /** How much time it covers; 0 when that is not known. */
  readonly durationNanoseconds: number;
  /** For people, a sentence each. */
  readonly comments: readonly string[];
}

/** Functions and places that are equal are written once. Values are rounded to whole ones, as the format has no others. */
export function encodePprof({ tree, columns, shownFirst, period, time, durationNanoseconds, comments }: PprofContent): Uint8Array {
  const strings = new StringTable();
  const valueType = (type: string, unit: string) => new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) });
  const places = new Places(tree, strings);
  const sample: Sample[] = [];
  for (let node = 1; node < tree.parents.length; node++) {
    const value = columns.map(({ values }) => Math.round(values[node] ?? 0));
    if (value.some((number) => number !== 0)) sample.push(new Sample({ value, locationId: stackOf(tree, node).map((frame) => places.idOf(frame)) }));
  }
  const cut = tree.cutAt === null ? [] : [`Stacks deeper than ${tree.cutAt} frames are cut: their outermost frames are kept and the running function.`];
  const profile = new Profile({
    sampleType: columns.map(({ type, unit }) => valueType(type, unit)),
    sample,
    location: places.locations,
    function: places.functions,
    stringTable: strings,
    // Nanoseconds of today are beyond what a number holds exactly.
    timeNanos: BigInt(Math.round(time)) * 1_000_000n,
    durationNanos: Math.round(durationNanoseconds),
    periodType: valueType(period.type, period.unit),
    period: Math.round(period.value),
    comment: [...comments, ...cut].map((comment) => strings.dedup(comment)),
    defaultSampleType: strings.dedup(shownFirst),
  });
  return gzipSync(profile.encode());
}

/** The tables of functions and locations: one of each for a place, as V8 knows no line but the one where a function starts. */
class Places {
  readonly functions: PprofFunction[] = [];
  readonly locations: Location[] = [];
  readonly #tree: FileTree;
  readonly #strings: StringTable;
  readonly #idOfFrame: Int32Array;
  readonly #idOfPlace = new Map<string, number>();

  constructor(tree: FileTree, strings: StringTable) {
    this.#tree = tree;
    this.#strings = strings;
    this.#idOfFrame = new Int32Array(tree.frames.length);
  }

  /** @param index Of a frame. Ids count from 1. */
  idOf(index: number): number {
    const known = this.#idOfFrame[index] ?? 0;
    return known > 0 ? known : (this.#idOfFrame[index] = this.#add(index));
  }

  #add(index: number): number {
    const frame = this.#tree.frames[index];
    if (frame === undefined) throw new Error(`The profile has no frame ${index}.`);
    const { line, column } = frame;
    const name = nameOf(frame);
    const file = fileOf(frame);
    const key = `${line}:${column}:${file.length}:${file}${name}`;
    const known = this.#idOfPlace.get(key);
    if (known !== undefined) return known;
    const id = this.functions.length + 1;
    this.#idOfPlace.set(key, id);
    const nameIndex = this.#strings.dedup(name);
    this.functions.push(new PprofFunction({ id, name: nameIndex, systemName: nameIndex, filename: this.#strings.dedup(file), startLine: line }));
    this.locations.push(new Location({ id, line: [new Line({ functionId: id, line, column })] }));
    return id;
  }
}
