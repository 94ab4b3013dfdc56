// Runs before each spec file of the system project: fails at once, with the reason, when the services are not there.
if (!process.env.TEST_DATABASE_URL) {
  throw new Error('TEST_DATABASE_URL is missing: run system specs through Jest with test/support/global-setup.mjs.');
}
