import { Controller, Get, Header, Inject, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';

const METRICS = Symbol('Metrics');
const TYPE = 'text/plain; version=0.0.4; charset=utf-8';

@ApiTags('operation')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS) private readonly metrics: () => Promise<string>) {}

  /** Requests by route, method and status, their durations, events, how far views are behind, the process. */
  @Get()
  @Header('content-type', TYPE)
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'Prometheus text format.', schema: { type: 'string' } })
  get(): Promise<string> {
    return this.metrics();
  }
}

@Module({ controllers: [MetricsController] })
export class MetricsModule {
  static over(metrics: () => Promise<string>): DynamicModule {
    return { module: MetricsModule, providers: [{ provide: METRICS, useValue: metrics }] };
  }
}
