import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['target', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  hooks.configs.flat.recommended,
  { rules: { 'max-lines': ['error', 300], 'max-lines-per-function': ['error', { max: 150, skipBlankLines: true }] } },
);
