import { Component, type ReactNode } from 'react';
import { useLanguage } from './language';

/** A field that was filled in when the page failed. */
interface Typed {
  readonly label: string;
  readonly value: string;
}

const fields = 'textarea, input:not([type]), input[type=text], input[type=search], input[type=email]';

/** What stands in the fields of the page; read before the failed page is taken away. No passwords and no codes. */
function typedText(): readonly Typed[] {
  return [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(fields)]
    .filter((field) => field.value.trim() !== '' && field.autocomplete !== 'one-time-code')
    .map((field) => ({
      label: field.labels?.[0]?.textContent ?? field.getAttribute('aria-label') ?? field.placeholder,
      value: field.value,
    }));
}

function Crashed({ typed }: { readonly typed: readonly Typed[] }) {
  const { t } = useLanguage();
  return (
    <div className="panel empty" role="alert">
      <h1>{t('crashed')}</h1>
      <p style={{ marginTop: 12 }}>
        <button type="button" className="quiet" onClick={() => window.location.reload()}>
          {t('reload')}
        </button>
      </p>
      {typed.length > 0 && (
        <section aria-label={t('typedText')} style={{ marginTop: 16, textAlign: 'left' }}>
          <h2>{t('typedText')}</h2>
          <dl className="facts">
            {typed.map(({ label, value }) => (
              <div key={`${label} ${value}`}>
                <dt>{label}</dt>
                <dd className="sentence">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

/** Catches what a page throws while drawing. What was saved is on the server; what was being typed is shown, to be copied. */
export class ErrorBoundary extends Component<
  {
    /** The page it stands around; another place begins anew. */
    readonly place?: string;
    readonly children: ReactNode;
  },
  { readonly typed: readonly Typed[] | null }
> {
  override state: { readonly typed: readonly Typed[] | null } = { typed: null };

  static getDerivedStateFromError(): { typed: readonly Typed[] } {
    return { typed: typedText() };
  }

  override componentDidUpdate(before: { readonly place?: string }): void {
    if (before.place !== this.props.place && this.state.typed !== null) this.setState({ typed: null });
  }

  override render(): ReactNode {
    return this.state.typed === null ? this.props.children : <Crashed typed={this.state.typed} />;
  }
}
