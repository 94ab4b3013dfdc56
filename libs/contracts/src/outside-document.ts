/** Stands for the number of a classified document, which is kept outside; with its date the step is on record all the same. */
export const outsideDocumentNumber = 'Lưu theo chế độ mật, ngoài hệ thống';
