import { type RefObject, useEffect, useRef, useState } from 'react';

export type RowPart = 'first' | 'remove' | 'up' | 'down';

interface Wish {
  readonly row: number;
  readonly part: RowPart;
}

const field = 'input, textarea, [role=combobox]';
const isThere = (element: HTMLElement) => element.offsetParent !== null && !element.matches(':disabled');

function find(frame: HTMLElement, { row, part }: Wish): HTMLElement | undefined {
  const of = (index: number) => frame.querySelector<HTMLElement>(`:scope > [data-row="${index}"]`);
  // Where the row that was removed was the last one, the one before it; where it was the only one, the button that adds.
  const at = of(row) ?? of(row - 1);
  if (at === null) return frame.querySelector<HTMLElement>(':scope > button') ?? undefined;
  if (part === 'first') return [...at.querySelectorAll<HTMLElement>(field)].find(isThere);
  const other = part === 'up' ? 'down' : 'up';
  return [part, other]
    .map((name) => at.querySelector<HTMLElement>(`[data-part="${name}"]`))
    .find((one): one is HTMLElement => one !== null && isThere(one));
}

/**
 * After a row was added, removed or moved, the focus is where the hand goes on: else it falls to the top of the page. Rows carry
 * `data-row`, their buttons `data-part`, and stand right below the frame.
 */
export function useRowFocus(): {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly goTo: (row: number, part: RowPart) => void;
} {
  const frame = useRef<HTMLDivElement>(null);
  const [wish, setWish] = useState<Wish>();
  useEffect(() => {
    if (wish !== undefined && frame.current !== null) find(frame.current, wish)?.focus();
  }, [wish]);
  return { frame, goTo: (row, part) => setWish({ row, part }) };
}
