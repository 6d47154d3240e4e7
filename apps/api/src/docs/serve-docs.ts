import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openApi } from './document.js';

/** `/openapi.json`: made when somebody first asks. */
export function serveDocs(app: NestFastifyApplication): void {
  let document: string | undefined;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/openapi.json', (_request, reply) => {
      document ??= JSON.stringify(openApi(app));
      void reply.type('application/json; charset=utf-8').send(document);
    });
}
