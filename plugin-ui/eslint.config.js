import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['target', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  hooks.configs.flat.recommended,
  {
    // The lab's stand-in for the portal is plain JavaScript in a browser.
    files: ['**/lab/portal/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'CSS', 'document', 'fetch', 'queueMicrotask', 'sessionStorage', 'setInterval', 'setTimeout']
          .concat('URLSearchParams', 'window')
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  { rules: { 'max-lines': ['error', 300], 'max-lines-per-function': ['error', { max: 150, skipBlankLines: true }] } },
);
