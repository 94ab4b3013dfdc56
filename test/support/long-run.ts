/** True under `npm run soak`: suites that have a short and a long form run the long one. */
export const isLongRun = (): boolean => process.env.LONG_RUN === '1';
