/** What a request about a decided trip is judged by when it is made: whether it comes early enough. */
export const requestRules = ['amendmentLeadTime', 'extensionLeadTime'] as const;
