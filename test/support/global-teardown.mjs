import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const services = globalThis.thongHanhTestServices;
  if (!services) return;
  for (const stop of services.stop.reverse()) await stop();
  rmSync(services.home, { recursive: true, force: true });
}
