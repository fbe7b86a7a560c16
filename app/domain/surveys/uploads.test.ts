import { describe, expect, it } from 'vitest';
import { MAX_UPLOAD_BYTES, mediaTypeOf } from './uploads.ts';
import type { UploadKind } from './uploads.ts';

/** Text with one byte for each character. */
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const mp4 = (main: string, ...others: string[]) =>
  bytes(`\0\0\0\x20ftyp${main}\0\0\0\0${others.join('')}\0\0\0\x08mdat`);
const webm = (type: string) =>
  bytes(`\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84${type}B\x87\x81\x04`);

const FILES: [string, UploadKind, string, Uint8Array][] = [
  ['a JPEG', 'image', 'image/jpeg', bytes('\xff\xd8\xff\xe1\0\x10Exif')],
  ['a PNG', 'image', 'image/png', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['a WebP', 'image', 'image/webp', bytes('RIFF\x24\0\0\0WEBPVP8 ')],
  ['a photo of an iPhone', 'image', 'image/heic', mp4('heic', 'mif1', 'heic')],
  ['a HEIC that names its family first', 'image', 'image/heic', mp4('mif1', 'mif1', 'heic')],
  ['a recording of Chrome', 'voice', 'audio/webm', webm('webm')],
  ['a recording of Firefox', 'voice', 'audio/ogg', bytes('OggS\0\x02')],
  ['a recording of Safari', 'voice', 'audio/mp4', mp4('iso5', 'isom', 'hlsf')],
  ['a voice memo', 'voice', 'audio/mp4', mp4('M4A ', 'M4A ', 'isom')],
  ['AAC as it is streamed', 'voice', 'audio/aac', bytes('\xff\xf1\x50\x80')],
];

describe('the first bytes', () => {
  it.each(FILES)('of %s', (_name, kind, mediaType, file) => {
    expect(mediaTypeOf(kind, file)).toBe(mediaType);
    // A picture is no answer to a question for a voice note, and the reverse.
    expect(mediaTypeOf(kind === 'image' ? 'voice' : 'image', file)).toBeNull();
  });

  it.each<[string, Uint8Array]>([
    ['nothing', bytes('')],
    ['a page', bytes('<!doctype html><script>alert(1)</script>')],
    ['a drawing with a script in it', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">')],
    ['a GIF', bytes('GIF89a\x01\0\x01\0')],
    ['a PDF', bytes('%PDF-1.7')],
    ['a program', bytes('MZ\x90\0\x03')],
    ['an archive', bytes('PK\x03\x04')],
    ['an AVIF', mp4('avif', 'mif1', 'avif')],
    ['an AVIF that names its family first', mp4('mif1', 'avif', 'miaf')],
    ['a film of an iPhone', mp4('qt  ', 'qt  ')],
    ['Matroska', webm('matroska')],
    ['an MP3', bytes('\xff\xfb\x90\x64')],
    ['an MP3 with a title', bytes('ID3\x04\0')],
    ['a WAV', bytes('RIFF\x24\0\0\0WAVEfmt ')],
    ['half a signature', bytes('\x89PNG')],
    ['a signature in the wrong place', bytes(' \xff\xd8\xff\xe1')],
    ['the family alone', bytes('\0\0\0\x08ftyp')],
  ])('of %s are not taken', (_name, file) => {
    expect([mediaTypeOf('image', file), mediaTypeOf('voice', file)]).toEqual([null, null]);
  });

  it('are all that is looked at, whatever the size', () => {
    const large = new Uint8Array(MAX_UPLOAD_BYTES.image);
    large.set([0xff, 0xd8, 0xff]);
    expect(mediaTypeOf('image', large)).toBe('image/jpeg');
  });
});
