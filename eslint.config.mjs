/**
 * Lint rules. The first half is the recommended type-aware set; the second half holds the import rules of ARCHITECTURE.md:
 *
 *   protocol -> nothing        model -> protocol, l10n    collector -> protocol, model, Node
 *   webview  -> protocol, model, DOM                      host -> protocol, model, vscode, Node
 *   in host: extension -> views, export -> session -> contributions
 */
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Forbids imports whose path matches one of the patterns. @param {string[]} files @param {[regex: string, message: string][]} rules */
const forbid = (files, rules) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: rules.map(([regex, message]) => ({ regex, message, allowTypeImports: message.includes('types are fine') })) },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'test/fixtures/', 'test/vscode/*/workspace/'] },
  eslint.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['scripts/**', '*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', URL: 'readonly', fetch: 'readonly', Buffer: 'readonly', AbortSignal: 'readonly' } },
  },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-unused-expressions': 'off' } },

  // What people read is looked up in their language. Text that stands in the markup itself bypasses that.
  {
    files: ['src/webview/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXText[value=/[A-Za-z]{2}/]:not([value="Bifrost"])', message: 'Say it with l10n.t, so that it can be translated.' },
        { selector: 'JSXAttribute[name.name=/^(title|text|label|detail|placeholder|aria-label)$/] > Literal[value=/[A-Za-z]{2}/]', message: 'Say it with l10n.t, so that it can be translated.' },
      ],
    },
  },
  {
    files: ['src/host/views/**', 'src/host/commands.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name=/^(show(Information|Warning|Error)Message|setStatusBarMessage)$/] > :matches(Literal[value=/[A-Za-z]{2}/], TemplateLiteral)',
          message: 'Say it with vscode.l10n.t, so that it can be translated.',
        },
        { selector: 'Property[key.name=/^(title|placeHolder|prompt|tooltip)$/] > Literal[value=/[A-Za-z]{2}/]', message: 'Say it with vscode.l10n.t, so that it can be translated.' },
      ],
    },
  },

  forbid(['src/protocol/**'], [['^[^.]|^\\.\\./', 'protocol imports nothing from outside its folder']]),
  forbid(['src/model/**'], [['^(?!@vscode/l10n$)[^.]', 'model is pure: it imports protocol only'], ['\\.\\./(host|collector|webview)/', 'model imports protocol only']]),
  forbid(['src/collector/**'], [
    ['^(?!node:)[^.]', 'the collector imports Node built-ins only, no packages'],
    ['^node:', 'the collector reaches Node through builtins.ts, so that no patched require is called; types are fine'],
    ['\\.\\./(host|webview)/', 'the collector imports protocol and model only'],
  ]),
  forbid(['src/webview/**'], [
    ['^(node:|vscode$|ws$)', 'the page has no Node and no vscode'],
    ['\\.\\./(host|collector)/', 'the page imports protocol and model only'],
  ]),
  forbid(['src/host/session/**', 'src/host/export/**'], [
    ['^vscode$', 'session/ and export/ get what they need handed in; types are fine'],
    ['\\.\\./(views|extension)', 'session and export never import upward'],
    ['\\.\\./\\.\\./(collector|webview)/', 'the host uses the built collector and page, never their source'],
  ]),
  forbid(['src/host/views/**', 'src/host/*.ts'], [
    ['\\.\\./\\.\\./(collector|webview)/|^\\.\\./(collector|webview)/', 'the host uses the built collector and page, never their source'],
    ['^\\.\\./extension$', 'views never import the wiring'],
  ]),
);
