/** One of a few ways to see the same thing. */
export function Ways<Key extends string>({
  label,
  ways,
  chosen,
  choose,
}: {
  readonly label: string;
  readonly ways: readonly (readonly [Key, string])[];
  readonly chosen: Key;
  readonly choose: (key: Key) => void;
}) {
  return (
    <fieldset className="chips" aria-label={label}>
      {ways.map(([key, name]) => (
        <button type="button" key={key} aria-pressed={key === chosen} onClick={() => choose(key)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
