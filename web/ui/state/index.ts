/** How a state looks: word, shape and colour together. */
export { State, STATE_WORDS, type StateName, STATES_WORST_FIRST, StateShape } from './state.tsx'
