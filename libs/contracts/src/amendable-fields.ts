/** What an approved delegation may ask to change (REQUEST_AMENDMENT). Apart from the schemas, so that the web can show the list. */
export const amendableFields = ['members', 'dates', 'countries', 'partners', 'funding', 'purpose', 'leader'] as const;
