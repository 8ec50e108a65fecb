/**
 * Clicks, reads and takes pictures in the workbench around the extension host and in the Bifrost panel.
 *
 * The extension host has no access to either page. A Playwright outside has, and does what is asked for here.
 */
import { DRIVER_VARIABLE, type Operations, type Place, type Reply, type Target } from './driverProtocol';

/** Tells the driver whose page is meant: scenarios share its address, and each has an extension host of its own. */
const SCENARIO_VARIABLE = 'BIFROST_TEST_SCENARIO';

/** Called once by what runs the scenario. The tests are bundles of their own, so a module's variable would not reach them. */
export function nameScenario(name: string): void {
  process.env[SCENARIO_VARIABLE] = name;
}

export async function perform<Name extends keyof Operations>(operation: Name, params: Operations[Name][0]): Promise<Operations[Name][1]> {
  const address = process.env[DRIVER_VARIABLE];
  if (address === undefined) throw new Error(`${DRIVER_VARIABLE} is not set: these tests need \`npm test\`.`);
  const body = JSON.stringify({ scenario: process.env[SCENARIO_VARIABLE], operation, params });
  const response = await fetch(address, { method: 'POST', body });
  const reply = (await response.json()) as Reply<Operations[Name][1]>;
  if (!reply.ok) throw new Error(`${operation} ${JSON.stringify(params)}: ${reply.error}`);
  return reply.value;
}

/** The Bifrost panel's page. */
export const panel = {
  waitFor: (target: Target) => perform('panel.waitFor', target),
  click: (target: Target) => perform('panel.click', target),
  showTab: (tab: 'overview' | 'allocations' | 'handles' | 'processes') => perform('panel.click', { selector: `[data-test="tab"][data-tab="${tab}"]` }),
  /** The texts of all elements that match, without waiting for any. */
  text: (selector: string) => perform('panel.text', { selector }),
  /** Moves the mouse to a place in an element. */
  move: (selector: string, at: Place) => perform('panel.move', { selector, at }),
  drag: (selector: string, from: Place, to: Place) => perform('panel.drag', { selector, from, to }),
  /** Turns the wheel, with a key held if one is given. */
  wheel: (selector: string, at: Place, by: [x: number, y: number], key?: string) =>
    perform('panel.wheel', { selector, at, by, ...(key === undefined ? {} : { key }) }),
  /** The value must survive JSON. */
  evaluate: (expression: string) => perform('panel.evaluate', { expression }),
  /** What axe has to say against the page, a line each. */
  accessibility: () => perform('panel.accessibility', {}),
};

/** The compact form of the panel, in the side bar. */
export const summary = {
  waitFor: (target: Target) => perform('summary.waitFor', target),
  click: (target: Target) => perform('summary.click', target),
  /** The texts of all elements that match, without waiting for any. */
  text: (selector: string) => perform('summary.text', { selector }),
  /** The value must survive JSON. */
  evaluate: (expression: string) => perform('summary.evaluate', { expression }),
};

/** A webview of another extension, such as VS Code's own viewer of profiles. */
export const viewer = {
  waitFor: (target: Target) => perform('viewer.waitFor', target),
  click: (target: Target) => perform('viewer.click', target),
  /** Puts a text into a field, whatever has the focus. */
  fill: (target: Target, value: string) => perform('viewer.fill', { ...target, value }),
};

/** The workbench: views, editors, menus. */
export const workbench = {
  waitFor: (target: Target) => perform('workbench.waitFor', target),
  click: (target: Target) => perform('workbench.click', target),
  /** The texts of all elements that match, without waiting for any. */
  text: (selector: string) => perform('workbench.text', { selector }),
  /** Moves the mouse over an element, and leaves it there. */
  hover: (target: Target) => perform('workbench.hover', target),
  /** The value must survive JSON. */
  evaluate: (expression: string) => perform('workbench.evaluate', { expression }),
  /** For instance `F1`, `Control+Shift+P`. */
  press: (keys: string) => perform('workbench.press', { keys }),
  /** The window around it, in CSS pixels. */
  resize: (width: number, height: number, scale = 1) => perform('workbench.resize', { width, height, scale }),
  /** Into whatever has the focus. */
  type: (text: string) => perform('workbench.type', { text }),
};

/** A row of an extension's tree view. */
export const TREE_ROW = '.tree-explorer-viewlet-tree-view .monaco-list-row';

/** Gives the path of the picture. */
export const screenshot = (name: string): Promise<string> => perform('screenshot', { name });
