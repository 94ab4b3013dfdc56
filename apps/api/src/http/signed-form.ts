/** An upload of what was signed and sealed, as OpenAPI shows it. */
export const signedForm = {
  type: 'object',
  required: ['file', 'noStateSecrets'],
  properties: {
    file: { type: 'string', format: 'binary', description: 'The signed and sealed copy, PDF or DOCX' },
    noStateSecrets: { type: 'string', enum: ['true'], description: 'The file holds no state secret' },
  },
};
