/** How much a folder may ask of its reader. Past a limit there is a problem with its place, never a crash or a long wait. */
export interface Limits {
  /** Largest YAML file, and largest file a placeholder brings in, in bytes. */
  fileBytes: number
  /** Largest decision record, in bytes. */
  recordBytes: number
  /** Bytes of all files together. */
  totalBytes: number
  /** Files and folders looked at. */
  entries: number
  /** Folders below the given one. */
  folderDepth: number
  /** Documents in one file. */
  documents: number
  /** Levels of lists and maps inside each other. */
  nesting: number
  /** Keys, values, marks and line ends of one document. */
  tokens: number
  /** Size of one document after its aliases are written out, in characters. */
  expanded: number
}

export const DEFAULT_LIMITS: Limits = {
  fileBytes: 5_000_000,
  recordBytes: 1_000_000,
  totalBytes: 200_000_000,
  entries: 200_000,
  folderDepth: 32,
  documents: 10_000,
  nesting: 64,
  tokens: 250_000,
  expanded: 10_000_000,
}

/** `102.4 MB`, for messages. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Number((bytes / 1_000).toFixed(1))} kB`
  return `${Number((bytes / 1_000_000).toFixed(1))} MB`
}
