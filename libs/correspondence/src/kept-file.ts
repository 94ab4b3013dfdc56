import { Readable } from 'node:stream';
import { type OfficialDocument, writeOfficialDocument } from '#libs/documents';
import type { Tx, UnitOfWork } from '#libs/persistence';
import type { FileStore } from '#libs/storage';

interface Numbered {
  readonly id: string;
  readonly content: object;
  readonly fileSha256: string | null;
  readonly fileSize: number | null;
}

/** The file of a numbered document, written once and kept: of two that come at the same time the first stays. */
export async function keptFile(
  { unitOfWork, store }: { unitOfWork: UnitOfWork; store: FileStore },
  find: (tx: Tx) => Promise<Numbered>,
): Promise<{ sha256: string; size: number }> {
  const { id, content, fileSha256, fileSize } = await unitOfWork.run(find);
  if (fileSha256 !== null && fileSize !== null) return { sha256: fileSha256, size: fileSize };
  const bytes = await writeOfficialDocument(content as OfficialDocument);
  const { sha256, size } = await store.put(Readable.from([bytes]));
  return unitOfWork.run(async (tx) => {
    await tx.query(
      'update official_documents set file_sha256 = $2, file_size = $3 where id = $1 and file_sha256 is null',
      [id, sha256, size],
    );
    const kept = await find(tx);
    return { sha256: kept.fileSha256 ?? sha256, size: kept.fileSize ?? size };
  });
}
