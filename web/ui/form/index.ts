/** Pieces of forms. */
export { Button, buttonClass, type ButtonProps } from './button.tsx'
export { useDraft } from './draft.ts'
export { AreaField, ChoiceField, Field, type FieldProps, FieldRow, TextField } from './fields.tsx'
export { ListField, type ListFieldProps } from './list-field.tsx'
export { countWords, WordCount } from './word-count.tsx'
