import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '#libs/config';
import { AppModule } from './app.module.js';
import { Worker } from './worker.js';

const app = await NestFactory.createApplicationContext(AppModule.register(loadConfig()), {
  logger: ['error', 'warn'],
  abortOnError: false,
});
// SIGTERM and SIGINT: the beat and the jobs in hand end, then the connections close.
app.enableShutdownHooks();
await app.get(Worker).start();
