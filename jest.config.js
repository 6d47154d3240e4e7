const swc = {
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/contracts', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  moduleFileExtensions: ['ts', 'js', 'json'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@credence/contracts$': '<rootDir>/contracts/src/index.ts',
    '^@credence/kernel/testing$': '<rootDir>/libs/kernel/src/testing/index.ts',
    '^@credence/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  setupFiles: ['reflect-metadata'],
  testTimeout: 30_000, // the machine may be small and busy; a hang is caught all the same
  maxWorkers: 2, // the default is cores - 1: one, in the parent process, where no memory limit holds
  workerIdleMemoryLimit: '700MB', // ESM test files are never freed: 1 MB each, 13 MB if they boot Nest
  coverageProvider: 'babel', // 'v8' costs more with every file
  collectCoverageFrom: ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts', 'contracts/src/**/*.ts', '!**/*.spec.ts'],
};
