import type { Server } from 'node:http';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Ledger } from '@credence/runtime';
import { AssertionsModule } from './assertions/assertions.module.js';
import { ChangesModule } from './changes/changes.module.js';
import { CapturesModule } from './captures/captures.module.js';
import { ClaimsModule } from './claims/claims.module.js';
import { CommandsModule } from './commands/commands.module.js';
import { EventsModule } from './events/events.module.js';
import { FeedModule } from './feed/feed.module.js';
import { HealthModule } from './health/health.module.js';
import { LEDGER, LedgerModule } from './http/ledger.module.js';
import type { Log } from './http/log.js';
import { ImportsModule } from './imports/imports.module.js';
import { LogModule } from './log/log.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PoliciesModule } from './policies/policies.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { ReferencesModule } from './references/references.module.js';
import { SourcesModule } from './sources/sources.module.js';
import { SummaryModule } from './summary/summary.module.js';
import { UnitsModule } from './units/units.module.js';

const SWEEP_MS = 50;

@Module({})
export class AppModule implements BeforeApplicationShutdown, OnApplicationShutdown {
  private sweep: NodeJS.Timeout | undefined;

  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    private readonly host: HttpAdapterHost,
  ) {}

  /** @param metrics - what `/metrics` answers */
  static over(ledger: Ledger, log: Log, metrics: () => Promise<string>): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LedgerModule.over(ledger, log),
        SummaryModule,
        SourcesModule,
        ClaimsModule,
        AssertionsModule,
        CapturesModule,
        UnitsModule,
        ChangesModule,
        PoliciesModule,
        EventsModule,
        ReferencesModule,
        ImportsModule,
        CommandsModule,
        FeedModule,
        LogModule,
        HealthModule,
        OperationsModule,
        MetricsModule.over(metrics),
      ],
    };
  }

  /** The server waits for its connections; one that falls idle only now would hold it for the keep-alive time. */
  beforeApplicationShutdown(): void {
    this.sweep = setInterval(() => {
      (this.host.httpAdapter.getHttpServer() as Server).closeIdleConnections();
    }, SWEEP_MS);
  }

  /** Runs after the server has answered its last request. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.sweep);
    await this.ledger.close();
  }
}
