/** How many bad requests, and of which seed. `npm run fuzz` asks for more than `npm test` does. */
export function fuzzSize(): { readonly requests: number; readonly seed: number } {
  const { FUZZ_REQUESTS = '5000', FUZZ_SEED = '20260301' } = process.env;
  if (!/^\d{1,9}$/.test(FUZZ_REQUESTS) || !/^\d{1,9}$/.test(FUZZ_SEED))
    throw new Error(`FUZZ_REQUESTS and FUZZ_SEED want whole numbers, not "${FUZZ_REQUESTS}" and "${FUZZ_SEED}".`);
  return { requests: Number(FUZZ_REQUESTS), seed: Number(FUZZ_SEED) };
}
