import { Button, type ButtonProps } from 'antd';
import { useRef } from 'react';

/** A button that asks for a file. The focus stays on it, also when nobody chose one. */
export function FileButton({
  accept,
  take,
  ...button
}: Omit<ButtonProps, 'onClick'> & { readonly accept: string; readonly take: (file: File) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onClick={() => field.current?.click()} />
      <input
        ref={field}
        type="file"
        style={{ display: 'none' }}
        accept={accept}
        onChange={({ target }) => {
          const file = target.files?.[0];
          // The same file may be chosen again after a refusal.
          target.value = '';
          if (file) take(file);
        }}
      />
    </>
  );
}
