import { type ReactNode, useState } from 'react'
import { Button, type ButtonProps } from '../form/index.ts'
import { FormDialog } from './form-dialog.tsx'

interface SureButtonProps {
  /** The verb on the button. */
  children: ReactNode
  look?: ButtonProps['look']
  busy: boolean
  /** The question: "End the token?" */
  asks: string
  /** What will be so afterwards. */
  says: ReactNode
  /** The verb that does it. */
  verb: string
  /** Done once this has settled. */
  onSure: () => Promise<unknown>
}

/** A button for what no way leads back from: it says what would be, and is pressed twice. */
export function SureButton({ children, look = 'quiet', busy, asks, says, verb, onSure }: SureButtonProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button look={look} busy={busy} onClick={() => setAsking(true)}>
        {children}
      </Button>
      {asking && (
        <FormDialog
          title={asks}
          verb={verb}
          look="danger"
          busy={busy}
          onSubmit={() => void onSure().then(() => setAsking(false))}
          onClose={() => setAsking(false)}
        >
          <p>{says}</p>
        </FormDialog>
      )}
    </>
  )
}
