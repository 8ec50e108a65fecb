/** Style sheets are imported for their effect: esbuild collects them in dist/webview.css. */
declare module '*.css';
