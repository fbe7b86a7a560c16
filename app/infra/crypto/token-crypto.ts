import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Encryption of access and refresh tokens at rest: AES-256-GCM, written as
 * `v1:<key id>:<iv>:<tag>:<ciphertext>` with the last three in base64url.
 */
export interface TokenCrypto {
  /** @param context what the text belongs to (row and column); a ciphertext moved elsewhere does not decrypt */
  encrypt(plain: string, context: string): string;
  /** @throws TokenCryptoError when the key is unknown, or the text was altered or belongs elsewhere */
  decrypt(sealed: string, context: string): string;
}

export class TokenCryptoError extends Error {
  override name = 'TokenCryptoError';
}

export interface TokenKey {
  id: string;
  /** 32 bytes. */
  key: Uint8Array;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param keys the first encrypts, all of them decrypt: to rotate, put the new key first and keep the old ones */
export function createTokenCrypto(keys: readonly TokenKey[]): TokenCrypto {
  const [current] = keys;
  if (!current) throw new TokenCryptoError('No token key is configured; set at least one.');
  for (const { id, key } of keys) {
    if (id.includes(':') || key.length !== 32) {
      throw new TokenCryptoError(
        `The token key ${id} must be 32 bytes long and its name must hold no colon.`,
      );
    }
  }
  const byId = new Map(keys.map((entry) => [entry.id, entry.key]));

  return {
    encrypt(plain, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'));
      return ['v1', current.id, ...parts].join(':');
    },

    decrypt(sealed, context) {
      const [version, keyId = '', iv = '', tag = '', text = '', ...rest] = sealed.split(':');
      if (version !== 'v1' || rest.length > 0)
        throw new TokenCryptoError('The stored token is not in the form v1:….');
      const key = byId.get(keyId);
      if (!key)
        throw new TokenCryptoError(
          `The stored token was encrypted with key "${keyId}", which is not configured.`,
        );
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(context)).setAuthTag(Buffer.from(tag, 'base64url'));
        return decipher.update(Buffer.from(text, 'base64url'), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new TokenCryptoError(
          `The stored token does not decrypt with key "${keyId}": it was altered or belongs to another row.`,
        );
      }
    },
  };
}
