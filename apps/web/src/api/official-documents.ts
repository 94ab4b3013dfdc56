import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AmendmentView,
  DraftOfficialDocument,
  OfficialDocumentList,
  OfficialDocumentView,
} from '#contracts/official-documents.js';
import { request } from './client';

export function useOfficialDocuments(caseId: string) {
  return useQuery({
    queryKey: ['official-documents', caseId],
    queryFn: () => request<OfficialDocumentList>(`/cases/${caseId}/official-documents`),
  });
}

/** Read again with every version of the case: an edit and a decision both change it. */
export function useAmendment({ caseId, version, wanted }: { caseId: string; version: number; wanted: boolean }) {
  return useQuery({
    queryKey: ['amendment', caseId, version],
    queryFn: () => request<AmendmentView>(`/cases/${caseId}/amendment`),
    enabled: wanted,
  });
}

/** Whatever changes a document may change the dossier too. */
function useRenewed(caseId: string) {
  const cache = useQueryClient();
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ['official-documents', caseId] }),
      cache.invalidateQueries({ queryKey: ['case', caseId] }),
    ]);
}

export function useDraftDocument(caseId: string) {
  const onSettled = useRenewed(caseId);
  return useMutation({
    mutationFn: (body: DraftOfficialDocument) =>
      request<OfficialDocumentView>(`/cases/${caseId}/official-documents`, { method: 'POST', body }),
    onSettled,
  });
}

export function useNumberDocument(caseId: string) {
  const onSettled = useRenewed(caseId);
  return useMutation({
    mutationFn: (id: string) =>
      request<OfficialDocumentView>(`/official-documents/${id}/number`, { method: 'POST', body: {} }),
    onSettled,
  });
}

export function useAttachSignedCopy(caseId: string) {
  const onSettled = useRenewed(caseId);
  return useMutation({
    mutationFn: ({ id, file }: { id: string; file: File }) => {
      const form = new FormData();
      // Asked before the file is taken.
      form.set('noStateSecrets', 'true');
      form.set('file', file, file.name);
      return request<OfficialDocumentView>(`/official-documents/${id}/signed-copy`, { method: 'POST', form });
    },
    onSettled,
  });
}

export function useVoidDocument(caseId: string) {
  const onSettled = useRenewed(caseId);
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      request<OfficialDocumentView>(`/official-documents/${id}/void`, { method: 'POST', body: { reason } }),
    onSettled,
  });
}
