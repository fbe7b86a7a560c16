/** Preloaded into each child of the demo: when the demo is gone, however it ended, the child stops too. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The listener alone must not keep the process alive.
process.channel?.unref();
