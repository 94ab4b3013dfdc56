/** How a person wants to be written to. */
export const deliveries = ['single', 'both', 'digest'] as const;
export type Delivery = (typeof deliveries)[number];
