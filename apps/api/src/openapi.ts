import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openLedger } from '@credence/runtime';
import { createApp } from './app.js';
import { openApi } from './docs/document.js';

/** Writes the OpenAPI document of this build. Built code only: elsewhere its schemas are empty. */
export async function writeOpenApi(file: string): Promise<void> {
  const app = await createApp(await openLedger({ url: 'memory:', actor: 'openapi' }));
  await app.init();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(openApi(app), null, 2)}\n`);
  await app.close();
}

/** `node openapi.js FILE` */
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await writeOpenApi(process.argv[2] ?? 'contracts/generated/openapi.json');
