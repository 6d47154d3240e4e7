import type { OpenAPIObject } from '@nestjs/swagger';
import { openLedger } from '@credence/runtime';
import { createApp } from './app.js';
import { openApi } from './docs/document.js';

/** The OpenAPI document of this build, for `contracts/generated/`. Of built code only: elsewhere its schemas are empty. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const app = await createApp(await openLedger({ url: 'memory:', actor: 'openapi' }));
  await app.init();
  try {
    return openApi(app);
  } finally {
    await app.close();
  }
}
