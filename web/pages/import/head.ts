/** Bytes of the beginning of a file that a preview is made of: enough for some thousand rows, little enough to be asked again. */
const HEAD = 512 * 1024

/** Files larger than this are for the command line, which reads them where they are. */
export const LARGEST = 4 * 1024 ** 3

/** The beginning of a file, as the server wants it. */
export interface Head {
  base64: string
  whole: boolean
}

/** Reads the beginning of a file; fails when the file cannot be read any more. */
export async function headOf(file: File): Promise<Head> {
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return { base64: btoa(binary), whole: file.size <= HEAD }
}

/** The same for the same file until it is written again: a stopped import of it goes on. */
export function fingerprintOf({ name, size, lastModified }: File): string {
  return `web ${name} ${size} ${lastModified}`.slice(0, 200)
}
