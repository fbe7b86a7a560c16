import { createServer, type AddressInfo } from 'node:net';

/** The wanted port if it is free, else a free one, which is said. 0 takes any. */
export async function claimPort(
  what: string,
  wanted: number,
  say: (sentence: string) => void,
): Promise<number> {
  try {
    return await listenOnce(wanted);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const free = await listenOnce(0);
    say(
      `Port ${wanted} (${what}) ${code === 'EACCES' ? 'may not be opened by this user' : 'is taken'}; using ${free} instead.`,
    );
    return free;
  }
}

/** On all addresses, as the servers do: a port taken on any of them is taken. */
function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, () => {
      const { port: got } = probe.address() as AddressInfo;
      probe.close(() => resolve(got));
    });
  });
}
