/** Words: moments, terms, commands, rendered text. */
export { CommandLine, Copyable, CopyCommand } from './copy-command.tsx'
export { Html } from './html.tsx'
export { capitalised, clause, sentence } from './sentence.ts'
export { Glossary, Term } from './term.tsx'
export { Ago, formatDays, formatMoment, formatSecond, When } from './when.tsx'
export { WordDifference } from './word-difference.tsx'
