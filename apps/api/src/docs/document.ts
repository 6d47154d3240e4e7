import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { EXAMPLES } from './examples.js';

/** The OpenAPI document of what the app serves. Only the built code knows the schemas: the compiler's plug-in reads the DTOs. */
export function openApi(app: INestApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('Credence')
    .setDescription('An event-sourced ledger of claims and of where they come from.')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.1.0')
    .build();
  return withExamples(
    SwaggerModule.createDocument(app, head, {
      operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}.${method}`,
    }),
  );
}

interface Content {
  content?: Record<string, { example?: unknown }>;
}
interface Operation {
  operationId?: string;
  requestBody?: Content;
  responses?: Record<string, Content>;
}

function withExamples(document: OpenAPIObject): OpenAPIObject {
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations) as Operation[]) {
      const { sent, status, answer } = EXAMPLES[operation.operationId ?? ''] ?? {};
      put(operation.requestBody, sent);
      put(operation.responses?.[String(status)], answer);
    }
  return document;
}

function put(holder: Content | undefined, example: unknown): void {
  if (example === undefined) return;
  for (const content of Object.values(holder?.content ?? {})) content.example = example;
}
