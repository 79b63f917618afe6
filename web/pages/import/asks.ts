import { ask } from '../../api/index.ts'

export const tableKindsAsk = () => ask('table.kinds', {})

export const importAsks = () => [tableKindsAsk()]
