import { randomUUID } from 'node:crypto';

/**
 * Ids in the order in which they are made (UUID version 7, RFC 9562): rows that are written together lie together in every index
 * that holds the id, where random ones would touch a page each. `at`: the instant of the work, by the clock of the house.
 */
export function createOrderedIds(at: Date): () => string {
  let millisecond = at.getTime();
  let count = 0;
  return () => {
    if (count > 0xfff) {
      millisecond += 1;
      count = 0;
    }
    const time = millisecond.toString(16).padStart(12, '0');
    const counted = count.toString(16).padStart(3, '0');
    count += 1;
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counted}${randomUUID().slice(18)}`;
  };
}
