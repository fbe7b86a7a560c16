import { Button } from '@shopify/polaris';
import { useEffect, useRef, useState, type Ref } from 'react';

interface SaveBarElement extends HTMLElement {
  show?: () => void;
  hide?: () => void;
}

export interface SaveBarProps {
  open: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/**
 * The contextual save bar of the Shopify admin. Where App Bridge doesn't offer one, the same
 * two buttons stick to the bottom of the page.
 */
export function UnsavedBar({ open, saving, onSave, onDiscard }: SaveBarProps) {
  const element = useRef<SaveBarElement>(null);
  const [native, setNative] = useState(true);
  useEffect(() => {
    const bar = element.current;
    const offered = typeof bar?.show === 'function';
    setNative(offered);
    if (!bar || !offered) return;
    if (open) bar.show?.();
    else bar.hide?.();
    return () => bar.hide?.();
  }, [open]);
  return (
    <>
      <ui-save-bar id="unsaved" ref={element as Ref<never>}>
        <button type="button" {...({ variant: 'primary' } as object)} onClick={onSave} disabled={saving}>
          Save
        </button>
        <button type="button" onClick={onDiscard} disabled={saving}>
          Discard
        </button>
      </ui-save-bar>
      {open && !native && (
        <div className="ac-unsaved" role="region" aria-label="Unsaved changes">
          <span>Unsaved changes</span>
          <Button onClick={onDiscard} disabled={saving}>
            Discard
          </Button>
          <Button variant="primary" onClick={onSave} loading={saving}>
            Save
          </Button>
        </div>
      )}
    </>
  );
}
