/** 99.95 is 0.9995, and not the nearest number to it that a division finds. */
export function percent(targetPercent: number): number {
  return Number((targetPercent / 100).toPrecision(15))
}
