/** What a change was worth: asked of an investment, or of a measure since a day. */
export { EffectTold } from './effect-told.tsx'
export { EffectState } from './effect-state.tsx'
export { WorthIt } from './worth-it.tsx'
