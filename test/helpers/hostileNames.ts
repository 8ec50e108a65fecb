/** Names as bad as a program can make them up. */
import type { AllocationProfile } from '../../src/protocol/allocations';
import type { HandleRow } from '../../src/protocol/profile';
import { frame, handleRow } from './handleRows';

export const HOSTILE: readonly string[] = [
  '<img src=x onerror="window.hacked = true">',
  '\u202Egnp.exe\u202C',
  'long'.repeat(2_500),
  '👩‍👩‍👧‍👦 family',
  'zero\u200Bwidth',
  'line\nbreak',
  '{{constructor.constructor("window.hacked = true")()}}',
  '[link](command:workbench.action.toggleZenMode) **bold** `code` $(error)',
];

/** Characters that nobody sees, and that turn a text around. */
export const INVISIBLE = /[\u200B\u202A-\u202E\u2066-\u2069]/;

/** A group for each name, which is all that is known of it. */
export function hostileHandles(): HandleRow[] {
  return HOSTILE.map((name, index) =>
    handleRow({
      id: `hostile${index}`,
      label: name,
      state: name,
      advice: name,
      subjects: [{ text: name, count: 1 }],
      routes: [{ route: name, count: 1 }],
      stack: [frame(name, `/app/${name}.js`)],
      longWaiting: true,
      stuck: true,
    }),
  );
}

/** A site for each name. */
export function hostileAllocations(): AllocationProfile {
  return flatAllocations(HOSTILE);
}

/** A profile in which each function allocates by itself, a little less than the one before. */
export function flatAllocations(functionNames: readonly string[]): AllocationProfile {
  const amounts = [0, ...functionNames.map((_, index) => 1_000 * (functionNames.length - index))];
  return {
    frames: functionNames.map((functionName) => ({ functionName, url: `/app/${functionName}.js`, line: 1, column: 1 })),
    parents: [-1, ...functionNames.map(() => 0)],
    frameOf: [-1, ...functionNames.map((_, index) => index)],
    inUse: { bytes: amounts, counts: amounts },
    allocated: null,
  };
}
