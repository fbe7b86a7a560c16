import type { Pool, PoolClient } from 'pg';

/** $1 shop, $2 invitation. */
const KEY = "hashtextextended($1 || ':invitation:' || $2, 5)";

/**
 * Works while nobody else does so for this invitation, over several transactions of one connection. It is taken before
 * the locks of a line, never under them.
 */
export async function withInvitation<Result>(
  pool: Pool,
  invitation: [shopId: string, invitationId: string],
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // A lock that may still be held ends with its connection.
  let holds = true;
  try {
    await client.query(`SELECT pg_advisory_lock(${KEY})`, invitation);
    try {
      return await work(client);
    } finally {
      await client.query(`SELECT pg_advisory_unlock(${KEY})`, invitation);
      holds = false;
    }
  } finally {
    client.release(holds);
  }
}
