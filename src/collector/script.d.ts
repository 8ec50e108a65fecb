/** The bundle of the TypeScript file of that name, as text: see esbuild.mjs. */
declare module '*.script' {
  const text: string;
  export default text;
}
