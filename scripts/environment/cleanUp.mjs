/** What must be undone however this process ends: temp folders to remove, process groups to end. */

/** @type {Set<() => void>} */
const actions = new Set();
let installed = false;

/**
 * Runs `action` when this process exits, also by Ctrl-C. Synchronous, since nothing asynchronous runs in an exit handler.
 *
 * @param {() => void} action
 * @returns {() => void} call it once the action is no longer needed
 */
export function onExit(action) {
  install();
  actions.add(action);
  return () => void actions.delete(action);
}

function install() {
  if (installed) return;
  installed = true;
  process.on('exit', () => {
    // Newest first: a process is ended before the folder it writes to is removed.
    for (const action of [...actions].reverse()) {
      try {
        action();
      } catch (error) {
        console.error(`While cleaning up: ${error.message}`);
      }
    }
  });
  // The default reaction to these ends the process without an 'exit' event.
  for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
    process.on(signal, () => process.exit(128 + number));
  }
}
