import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

export default defineConfig(
  { ignores: ['dist', 'coverage', 'bench', '.node', '**/*.js', '**/*.cjs', '**/*.mjs', '**/generated/**'] },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Ports are asynchronous because a cluster is; an adapter that is not keeps the promise anyway.
      '@typescript-eslint/require-await': 'off',
      // Ports are plain objects of closures: taking one of their functions loses no `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // supertest bodies and expect.any() are `any`
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
