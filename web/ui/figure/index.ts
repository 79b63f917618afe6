/** Numbers as people read them. */
export { Figure, type FigureProps } from './figure.tsx'
export { formatCount, formatInterval, formatQuantity, lengthWords, plural, unbroken, unitWords } from './quantity.ts'
