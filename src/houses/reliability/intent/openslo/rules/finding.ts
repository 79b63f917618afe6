import type { Problem } from '../../../../../ground/core/index.ts'

/** What a document breaks, by a rule of OpenSLO v1. */
export interface Finding {
  /** Without the prefix all rules have: `target_range`. */
  rule: string
  path: string
  message: string
  fix: string
  /**
   * `refused` by everybody; `strict`: refused by go-sdk, while the specification lets it pass or says nothing;
   * `remark`: allowed, and probably not meant.
   */
  weight: 'refused' | 'strict' | 'remark'
}

/** @param strict as go-sdk reads (https://github.com/OpenSLO/go-sdk), else as the specification does */
export function problemOf({ rule, path, message, fix, weight }: Finding, strict: boolean): Problem {
  const error = weight === 'refused' || (weight === 'strict' && strict)
  return { code: `openslo.${rule}`, severity: error ? 'error' : 'warning', message, fix, path }
}

export function refused(rule: string, path: string, message: string, fix: string): Finding {
  return { rule, path, message, fix, weight: 'refused' }
}

export function strictly(rule: string, path: string, message: string, fix: string): Finding {
  return { rule, path, message, fix, weight: 'strict' }
}

export function remark(rule: string, path: string, message: string, fix: string): Finding {
  return { rule, path, message, fix, weight: 'remark' }
}

/** Whether a field says something: `null` is as good as left out. */
export function isStated<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null
}
