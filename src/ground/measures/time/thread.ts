import { analyse, type SeriesAnswer, type SeriesQuestion } from './analyse.ts'

/** What a thread of the pool does with a portion of series. */
export default function analysePortion(questions: readonly SeriesQuestion[]): SeriesAnswer[] {
  return questions.map(analyse)
}
