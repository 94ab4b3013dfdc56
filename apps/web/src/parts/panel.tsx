import type { ReactNode } from 'react';

/** A titled part of a page. */
export function Panel({
  title,
  extra,
  className = '',
  children,
}: {
  readonly title: string;
  readonly extra?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={`panel ${className}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {extra}
      </header>
      <div>{children}</div>
    </section>
  );
}
