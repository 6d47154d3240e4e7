import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';

/** The OpenAPI document of what the app serves. Only the built code knows the schemas: the compiler's plug-in reads the DTOs. */
export function openApi(app: INestApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('Credence')
    .setDescription('An event-sourced ledger of claims and of where they come from.')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.1.0')
    .build();
  return SwaggerModule.createDocument(app, head, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}.${method}`,
  });
}
