import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { AppError } from '#contracts/errors.js';
import { fileRejection } from './file-rejection.js';
import type { ReadLimits } from './limits.js';

/** Names come without namespace prefix: Office files always use the same few namespaces, but not the same prefixes. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const chunkBytes = 64 * 1024;

/**
 * Streams a document through the handler, giving other requests a turn between chunks. A DOCTYPE is refused before any
 * entity could be declared (FILE_REJECTED DANGEROUS_XML); what is not well formed is FILE_REJECTED BROKEN.
 */
export async function readXml(bytes: Buffer, limits: ReadLimits, handler: XmlHandler): Promise<void> {
  if (bytes.length < 2) throw fileRejection('BROKEN');
  const decoder = decoderFor(bytes);
  const parser = new SaxesParser({ position: false, xmlns: false as const });
  let depth = 0;
  parser.on('error', (error) => {
    throw fileRejection('BROKEN', {}, error);
  });
  parser.on('doctype', () => {
    throw fileRejection('DANGEROUS_XML');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > limits.xmlDepth) throw fileRejection('DANGEROUS_XML');
    handler.open?.(localName(tag.name), localAttributes(tag.attributes));
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handler.close?.(localName(tag.name));
  });
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      parser.write(decoder.decode(bytes.subarray(at, at + chunkBytes), { stream: true }));
      await setImmediate();
    }
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fileRejection('BROKEN', {}, error);
  }
}

function decoderFor(bytes: Buffer): TextDecoder {
  const first = bytes.readUInt16BE(0);
  const encoding = first === 0xfffe ? 'utf-16le' : first === 0xfeff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function localAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const local: Record<string, string> = {};
  for (const name in attributes) local[localName(name)] = attributes[name] ?? '';
  return local;
}
