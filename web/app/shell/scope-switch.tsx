import { useNavigate } from '@tanstack/react-router'
import { useAddress } from '../address.ts'
import classes from './header.module.css'

const SCOPES = [
  { value: '', label: 'Ours' },
  { value: 'example', label: 'Example' },
]

/** Whose world: the organisation's own, or the example company, which never mixes with it. */
export function ScopeSwitch() {
  const { standpoint } = useAddress()
  const navigate = useNavigate()
  const present = standpoint.scope ?? ''
  const scopes = SCOPES.some((scope) => scope.value === present) ? SCOPES : [...SCOPES, { value: present, label: present }]
  return (
    <div className={classes.scope}>
      <label className="visually-hidden" htmlFor="scope">
        Whose world
      </label>
      <select
        id="scope"
        value={present}
        title="Our own organisation, or the example company"
        onChange={(event) => void navigate({ to: '/', search: { scope: event.target.value || undefined } })}
      >
        {scopes.map((scope) => (
          <option key={scope.value} value={scope.value}>
            {scope.label}
          </option>
        ))}
      </select>
    </div>
  )
}
