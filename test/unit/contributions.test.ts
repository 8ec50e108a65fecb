import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { Command, ContextKey, SettingDefaults, TreeItemKind, View } from '../../src/host/contributions';
import { readManifest } from '../helpers/manifest';
import { ROOT } from '../helpers/program';

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly description: string; readonly media: { readonly svg: string; readonly altText: string } }[] }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const manifest = readManifest() as Manifest;
const { commands, menus, views, configuration } = manifest.contributes;
const menuItems = Object.values(menus).flat();
const viewItems = Object.values(views).flat();

/** What package.json must say of a setting with these defaults. */
function declared(setting: Readonly<{ default: unknown; minimum?: number; maximum?: number; values?: readonly string[] }>): Partial<Setting> {
  const { default: value, values } = setting;
  if (values) return { type: 'string', default: value, enum: values };
  if (Array.isArray(value)) return { ...setting, type: 'array', items: { type: 'string' } };
  return { ...setting, type: typeof value };
}

describe('package.json', () => {
  it('contributes the commands of the table, each once', () =>
    assert.deepEqual(commands.map(({ command }) => command).sort(), Object.values(Command).sort()));

  it('has only commands of ours, titled under one category', () => {
    for (const { command, title, category } of commands) {
      assert.match(command, /^bifrost\.[a-z][A-Za-z]+$/);
      assert.equal(category, 'Bifrost');
      assert.doesNotMatch(title, /Bifrost|^$/, 'the category already says it');
    }
  });

  it('contributes the views of the table, each once', () => assert.deepEqual(viewItems.map(({ id }) => id).sort(), Object.values(View).sort()));

  it('has the settings of the table, each with its type, default and bounds', () => {
    const expected = Object.fromEntries(Object.entries(SettingDefaults).map(([key, setting]) => [`bifrost.${key}`, declared(setting)]));
    const actual = Object.fromEntries(
      Object.entries(configuration.properties).map(([key, { type, default: value, minimum, maximum, items, enum: values }]) => {
        const bounds = { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
        // A whole number is a number to the table.
        return [key, { type: type === 'integer' ? 'number' : type, default: value, ...bounds, ...(items !== undefined && { items }), ...(values && { enum: values }) }];
      }),
    );
    assert.deepEqual(actual, expected);
  });

  it('describes every setting in whole sentences', () => {
    for (const [key, { description, markdownDescription }] of Object.entries(configuration.properties)) assert.match(description ?? markdownDescription ?? '', /^[A-Z].*\.$/, key);
  });

  it('describes every value of a setting that has a few', () => {
    for (const [key, { enum: values, enumDescriptions }] of Object.entries(configuration.properties)) {
      assert.equal(enumDescriptions?.length, values?.length, key);
      for (const description of enumDescriptions ?? []) assert.match(description, /^[A-Z].*\.$/, key);
    }
  });

  it('has defaults within their bounds', () => {
    for (const [key, setting] of Object.entries(SettingDefaults)) {
      if (!('minimum' in setting)) continue;
      assert.ok(setting.minimum <= setting.default && setting.default <= setting.maximum, key);
    }
  });

  it('offers commands only where they work: in the palette under the condition that enables them', () => {
    for (const { command, enablement } of commands) {
      if (enablement === undefined) continue;
      assert.equal(menus.commandPalette?.find((item) => item.command === command)?.when, enablement, command);
    }
  });

  it('has links to commands and views of ours in welcomes and walkthrough, and media that are there', () => {
    const { viewsWelcome, walkthroughs } = manifest.contributes;
    const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.equal(steps.length, 3);
    const texts = [...viewsWelcome.map(({ contents }) => contents), ...steps.map(({ description }) => description)];
    const links = texts.flatMap((text) => [...text.matchAll(/\(command:([^)]*)\)/g)].map(([, command]) => command));
    const known: readonly string[] = [...Object.values(Command), ...Object.values(View).map((view) => `${view}.focus`)];
    assert.ok(links.length >= texts.length);
    assert.deepEqual(links.filter((command) => command !== undefined && !known.includes(command)), []);
    for (const { media } of steps) assert.ok(existsSync(path.join(ROOT, media.svg)), media.svg);
  });

  it('has menus with commands of ours only', () => {
    const known: readonly string[] = Object.values(Command);
    assert.deepEqual(menuItems.filter(({ command }) => !known.includes(command)), []);
  });

  it('decides by context keys and views that there are', () => {
    const known: readonly string[] = [...Object.values(ContextKey), ...Object.values(View)];
    const conditions = [...menuItems.map(({ when }) => when), ...viewItems.flatMap(({ when }) => when ?? []), ...commands.flatMap(({ enablement }) => enablement ?? [])];
    const named = conditions.flatMap((condition) => condition.match(/bifrost\.[\w.]+/g) ?? []);
    assert.deepEqual(named.filter((name) => !known.includes(name)), []);
    assert.ok(named.includes(ContextKey.profiling));
  });

  it('hides commands from the palette that a person cannot give their arguments', () => {
    const hidden = menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command);
    assert.deepEqual(hidden, [Command.openSource, Command.copyStack, Command.revealInPanel, Command.hideFile, Command.hideGroup, Command.getProfile, Command.getHandles, Command.openFrame]);
  });

  it('has context menus on rows of the kinds that there are', () => {
    const words = (menus['view/item/context'] ?? []).flatMap(({ when }) => /viewItem =~ \/\\b\(?([\w|]+)\)?\\b\//.exec(when)?.[1]?.split('|') ?? ['none']);
    const known: readonly string[] = Object.values(TreeItemKind);
    assert.deepEqual([...new Set(words)].filter((word) => !known.includes(word)), []);
    assert.deepEqual(known.filter((word) => !words.includes(word)), []);
  });

  it('has each inline action of a row in its context menu too, for those who use no mouse', () => {
    const items = (menus['view/item/context'] ?? []) as readonly { command: string; when: string; group: string }[];
    const inline = items.filter(({ group }) => group.startsWith('inline'));
    assert.ok(inline.length > 0);
    for (const { command, when } of inline) assert.ok(items.some((other) => other.command === command && other.when === when && !other.group.startsWith('inline')), command);
  });
});

describe('.vscodeignore', () => {
  const rules = readFileSync(path.join(ROOT, '.vscodeignore'), 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));

  it('is an allow-list: the first rule leaves everything out', () => assert.equal(rules[0], '**'));

  it('names what it allows', () => {
    const allowed = rules.filter((rule) => rule.startsWith('!'));
    assert.ok(allowed.length > 0);
    for (const rule of allowed) assert.doesNotMatch(rule, /^!(\*|src|test|scripts|out|node_modules\/\*)/, rule);
    for (const needed of ['!package.json', '!README.md', '!LICENSE', '!dist/*.js', '!dist/*.cdp', `!${manifest.icon}`]) assert.ok(allowed.includes(needed), needed);
  });
});
