// Loaded into api and worker before their own code. The launcher holds the other end of this channel; when it is gone,
// however it went, this process stops in order and, if it cannot, stops anyway.
if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), 5000).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Waiting for the launcher alone must not keep a finished process alive.
  process.channel.unref();
}
