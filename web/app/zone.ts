/** The time zone of the reader: their days are the days they mean. */
export function readerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
