import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Ledger } from '@credence/runtime';
import { LOG } from './log.js';
import type { Log } from './log.js';

export const LEDGER = Symbol('Ledger');

/** What controllers hold: the plain ledger, the same object that the command line and the tests hold, and the log. */
@Module({})
export class LedgerModule {
  static over(ledger: Ledger, log: Log): DynamicModule {
    const providers = [
      { provide: LEDGER, useValue: ledger },
      { provide: LOG, useValue: log },
    ];
    return { module: LedgerModule, global: true, providers, exports: [LEDGER, LOG] };
  }
}
