/**
 * Shows the profiler at work, in a real VS Code in the browser: packs the extension, installs it into a VS Code server, and
 * debugs the leaky service of test/fixtures.
 *
 *   npm run demo                                 prints the address to open; Ctrl-C ends it
 *   npm run demo -- --headless --out DIR         writes panel.png, panel-light.png, recording.gif,
 *                                                profile.json and handles.json there
 *   npm run demo -- --readme                     makes the pictures of the README, in media/readme, anew
 */
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { URLSearchParams } from 'node:url';
import { parseArgs } from 'node:util';
import { compileWorkspace } from './compileWorkspace.mjs';
import { bootstrap } from './environment/bootstrap.mjs';
import { checkout } from './environment/checkout.mjs';
import { withProgress } from './environment/progress.mjs';
import { makeTempFolder } from './environment/tempFolder.mjs';

/** Nothing over or beside the panel. */
const SETTINGS = {
  'debug.internalConsoleOptions': 'neverOpen',
  'debug.openDebug': 'neverOpen',
  'debug.toolBarLocation': 'docked',
};

const { values: flags } = parseArgs({ options: { headless: { type: 'boolean', default: false }, out: { type: 'string' }, readme: { type: 'boolean', default: false } } });

await main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});

async function main() {
  const isHeadless = flags.headless || flags.readme;
  if (isHeadless && !flags.out && !flags.readme) throw new Error('--headless needs --out DIR, the folder for the pictures.');
  const environment = await bootstrap();
  // Loaded only now: they need packages that the bootstrap installs.
  const { packExtension, packFolder } = await import('./vsix.mjs');
  const { startVscodeServer } = await import('./vscodeServer.mjs');

  const temp = await makeTempFolder('demo');
  const extension = path.join(temp.dir, 'bifrost.vsix');
  const starter = path.join(temp.dir, 'starter.vsix');
  const workspace = path.join(temp.dir, 'leakyService');
  const reports = path.join(temp.dir, 'reports');
  await mkdir(reports);
  await withProgress('Packing the extension', () => packExtension(extension));
  await packFolder(path.join(import.meta.dirname, 'demoStarter'), starter);
  await cp(path.join(checkout, 'test', 'fixtures', 'leakyService'), workspace, { recursive: true });
  await compileWorkspace(workspace);

  const server = await withProgress('Starting VS Code', () =>
    startVscodeServer({
      environment,
      settings: SETTINGS,
      vsixFiles: [extension, starter],
      env: {
        PATH: [path.dirname(environment.nodes[24]), process.env.PATH].join(path.delimiter),
        ...(isHeadless ? { BIFROST_DEMO_OUT: reports } : {}),
      },
    }),
  );
  if (!isHeadless) {
    console.log(`\nOpen ${server.url}/?${new URLSearchParams({ folder: workspace })}\nCtrl-C ends the demo.`);
    return;
  }
  try {
    const { takePictures } = await import('./demoPictures.mjs');
    const out = flags.out ? path.resolve(flags.out) : path.join(temp.dir, 'pictures');
    await withProgress(`Taking pictures into ${out}`, () => takePictures({ environment, server, workspace, reports, out }));
    if (flags.readme) {
      const { writeReadmePictures } = await import('./readmePictures.mjs');
      await writeReadmePictures(out, path.join(checkout, 'media', 'readme'));
    }
  } finally {
    await server.stop();
    await temp.remove();
  }
}
