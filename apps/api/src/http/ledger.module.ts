import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Ledger } from '@credence/runtime';

export const LEDGER = Symbol('Ledger');

/** The one provider: the plain ledger, as the command line and the tests hold it. */
@Module({})
export class LedgerModule {
  static over(ledger: Ledger): DynamicModule {
    const provider = { provide: LEDGER, useValue: ledger };
    return { module: LedgerModule, global: true, providers: [provider], exports: [LEDGER] };
  }
}
