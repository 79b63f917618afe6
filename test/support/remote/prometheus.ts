import type { Asked, Told } from './server.ts'

/** A series of ours: its labels, and what it is worth at a second; null: nothing is known then. */
export interface MadeSeries {
  metric: Record<string, string>
  at: (second: number) => number | null
}

/**
 * Prometheus's range queries as far as we ask them, spoken by a server of our own after prometheus.io/docs/prometheus/latest/
 * querying/api ("Range queries", "Format overview"), with its limit of 11,000 points a series.
 * @param queries series by query, as it arrives
 */
export function prometheusDialect(queries: Record<string, readonly MadeSeries[]>, authorization?: string): (asked: Asked) => Told | null {
  return ({ path, query, headers }) => {
    if (path !== '/api/v1/query_range') return null
    if (authorization !== undefined && headers.authorization !== authorization) return { status: 401, body: 'Unauthorized' }
    const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(query.get(name))) as [number, number, number]
    if ((end - start) / step > 11_000) return refused(400, 'exceeded maximum resolution of 11,000 points per timeseries.')
    const series = queries[query.get('query') ?? '']
    if (!series) return refused(400, 'invalid parameter "query": 1:1: parse error')
    const result = series.flatMap(({ metric, at }) => {
      const values: [number, string][] = []
      for (let second = start; second <= end; second += step) {
        const value = at(second)
        if (value !== null) values.push([second, Number.isFinite(value) ? String(value) : `${value}`.replace('Infinity', 'Inf')])
      }
      return values.length > 0 ? [{ metric, values }] : []
    })
    return { body: { status: 'success', data: { resultType: 'matrix', result } } }
  }
}

function refused(status: number, error: string): Told {
  return { status, body: { status: 'error', errorType: 'bad_data', error } }
}
