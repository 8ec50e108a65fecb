/**
 * A copy of an array that Node or the program has made. Its methods and its iterator are the program's to patch; those of the
 * copy are the collector's own. Reading by index calls nobody.
 */
export function ownArray<T>(array: ArrayLike<T>): T[] {
  const { length } = array;
  const own: T[] = [];
  // An array by its type: all places are there.
  for (let index = 0; index < length; index++) own.push(array[index] as T);
  return own;
}
