/** How many bad requests, and of which seed. `npm run fuzz` asks for more than `npm test` does. */
export function fuzzSize(): { readonly requests: number; readonly seed: number } {
  return { requests: Number(process.env.FUZZ_REQUESTS ?? 5_000), seed: Number(process.env.FUZZ_SEED ?? 20_260_301) };
}
