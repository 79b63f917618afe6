/** What the platform house judges: what is declared against what is seen. */
export {
  CONTRADICTIONS,
  type ContradictionCode,
  DEPLOYED_DAYS,
  type JudgedFact,
  judgeFact,
  type KnownOwner,
  QUIET_DAYS,
  type Surroundings,
  VERDICTS,
} from './verdict.ts'
