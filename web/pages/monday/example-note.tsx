import { useNavigate } from '@tanstack/react-router'
import { useAct } from '../../app/act.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { SureButton } from '../../ui/overlay/index.ts'
import { Section } from '../../ui/page/index.ts'
import classes from './monday.module.css'

/** Says that this is nobody's own company, and how it goes again. */
export function ExampleNote() {
  const { act, busy } = useAct()
  const navigate = useNavigate()
  const remove = async () => {
    const done = await act('example.remove', {}, () => ({ text: 'The example company is gone.' }))
    if (done) void navigate({ to: urls.monday(), search: { scope: undefined } })
  }
  return (
    <div data-screen-only>
      <Section title="This is an example">
        <div className={classes.example}>
          <p className="quiet">
            Nordlys Parcel is made up: a year of records, planted with what is worth finding. It never mixes with your own.{' '}
            <Go to={urls.monday()} search={{ scope: undefined }}>
              Look at ours
            </Go>
          </p>
          <SureButton
            look="plain"
            busy={busy}
            asks="Remove the example company?"
            says="It goes with all its records. It can be loaded again at any time, in about ten seconds; what you changed in it is lost."
            verb="Remove it"
            onSure={remove}
          >
            Remove the example
          </SureButton>
        </div>
      </Section>
    </div>
  )
}
