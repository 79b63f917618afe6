import { parseInstant } from '../../../ground/core/index.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'

/** What a text says about a day. `ambiguous` is a day such as 03/04/2020, which two customs read differently. */
export type DayRead = { kind: 'day'; day: string } | { kind: 'ambiguous' | 'impossible' | 'none' }

const FORMS: readonly { form: RegExp; read(parts: string[]): DayRead }[] = [
  { form: /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/, read: ([year, month, day]) => day_(year, month, day) },
  { form: /\b(\d{4})(\d{2})(\d{2})\b/, read: ([year, month, day]) => day_(year, month, day) },
  {
    form: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\.?[ -]+(?:of )?${MONTH},?[ -]+(\\d{4})\\b`, 'i'),
    read: ([day, month, year]) => day_(year, monthNumber(month), day),
  },
  {
    form: new RegExp(`\\b${MONTH} +(\\d{1,2})(?:st|nd|rd|th)?,? +(\\d{4})\\b`, 'i'),
    read: ([month, day, year]) => day_(year, monthNumber(month), day),
  },
  { form: /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/, read: ([day, month, year]) => day_(year, month, day) },
  { form: /\b(\d{1,2})[-/](\d{1,2})[-/](\d{4})\b/, read: ([first, second, year]) => slashed(Number(first), Number(second), year!) },
]

/**
 * The first day a text names, in the ways decision records write one: ISO, 14 July 2017, July 14th, 2017, 14.07.2017 and,
 * where the numbers allow only one reading, 14/07/2017 or 07/14/2017.
 */
export function readDay(text: string): DayRead {
  const found = FORMS.flatMap(({ form, read }) => {
    const match = form.exec(text.slice(0, 2_000))
    return match ? [{ at: match.index, read: read(match.slice(1) as string[]) }] : []
  })
  return found.sort((a, b) => a.at - b.at)[0]?.read ?? { kind: 'none' }
}

/** The date with which some logs begin their file names: `20200102-use-x.md`, `2020-01-02-use-x.md`. */
export function dayOfFileName(name: string): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?=\D|$)/.exec(name)
  const read = match ? day_(match[1], match[2], match[3]) : null
  return read?.kind === 'day' && Number(match![1]) >= 1970 && Number(match![1]) < 2100 ? read.day : null
}

function day_(year: string | undefined, month: string | undefined, day: string | undefined): DayRead {
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return parseInstant(text).ok ? { kind: 'day', day: text } : { kind: 'impossible' }
}

/** Day and month in either order: read only when one of them can be no month. */
function slashed(first: number, second: number, year: string): DayRead {
  if (first > 12) return day_(year, String(second), String(first))
  if (second > 12 || first === second) return day_(year, String(first), String(second))
  return { kind: 'ambiguous' }
}

function monthNumber(name: string | undefined): string {
  return String(MONTHS.indexOf(name?.slice(0, 3).toLowerCase() ?? '') + 1)
}
