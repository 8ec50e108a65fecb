/** Colours of the VS Code theme for a canvas, which cannot read CSS variables itself. */

/** The value of a CSS colour expression in the current theme, in a form that a canvas takes. */
export function themeColor(expression: string): string {
  const probe = document.createElement('span');
  probe.style.color = expression;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

/** The same colour, see-through: `percent` of it is left. */
export function faded(expression: string, percent: number): string {
  return `color-mix(in srgb, ${expression} ${percent}%, transparent)`;
}

/**
 * Calls back after the theme changed: VS Code then replaces the class and data attributes of the body and the variables
 * in the style of the document's root. Returns what ends the watch.
 */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
  return () => observer.disconnect();
}
