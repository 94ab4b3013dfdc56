import { describe, expect, it } from '@jest/globals';
import { downloadHeaders } from './download-headers.js';
import { isMisnamed, sniffMediaType } from './media-type.js';

const sniff = (head: string, tail = '') =>
  sniffMediaType({ head: Buffer.from(head, 'latin1'), tail: Buffer.from(tail, 'latin1') });
const zip = 'PK\x03\x04';

describe('the type of a file', () => {
  it.each([
    ['%PDF-1.7', '', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n', '', 'image/png'],
    ['\xff\xd8\xff\xe0', '', 'image/jpeg'],
    [zip, '[Content_Types].xml word/document.xml', expect.stringContaining('wordprocessingml')],
    [zip, '[Content_Types].xml xl/workbook.xml', expect.stringContaining('spreadsheetml')],
  ])('is told by content: %j', (head, tail, mediaType) => {
    expect(sniff(head, tail)).toEqual({ mediaType });
  });

  it.each([
    ['', '', 'empty'],
    ['<html><script>', '', 'unknown'],
    ['MZ\x90', '', 'unknown'],
    [zip, 'classes.dex', 'unknown'],
    [zip, '[Content_Types].xml word/document.xml word/vbaProject.bin', 'macros'],
    ['\xd0\xcf\x11\xe0', '', 'encrypted'],
  ])('is refused with its reason: %j %j', (head, tail, problem) => {
    expect(sniff(head, tail)).toEqual({ problem });
  });
});

describe('the headers of a download', () => {
  it('give a Vietnamese name in full and cannot be broken out of', () => {
    const headers = downloadHeaders({
      name: 'Tờ trình"\r\nX: 1.pdf',
      mediaType: 'application/pdf',
      size: 3,
      sha256: 'ab',
    });
    expect(headers['Content-Disposition']).not.toMatch(/[\r\n]/);
    expect(headers['Content-Disposition']).toContain(`filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh%22%0D%0AX%3A%201.pdf`);
    expect(headers['X-Content-Type-Options']).toBe('nosniff');
  });
});

describe('a name that says another type than the content is', () => {
  it.each([
    ['to-trinh.pdf', 'application/pdf', false],
    ['To-Trinh.PDF', 'application/pdf', false],
    ['Tờ trình số 12.2023', 'application/pdf', false],
    ['Tờ trình', 'application/pdf', false],
    ['anh.jpeg', 'image/jpeg', false],
    ['anh.jpg', 'application/pdf', true],
    ['to-trinh.docx', 'application/pdf', true],
    ['to-trinh.pdf.exe', 'application/pdf', true],
    ['to-trinh.html ', 'image/png', true],
  ] as const)('%s of %s: %s', (name, mediaType, misnamed) => {
    expect(isMisnamed(name, mediaType)).toBe(misnamed);
  });
});
