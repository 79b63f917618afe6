import { ApiProblem } from '../../src/doors/client/index.ts'

/**
 * Sends a file and tells how much of it has been taken; the server reads while it comes. `fetch` cannot tell that, so this is the
 * one request made otherwise.
 * @returns what was answered, also where nothing could be taken (422)
 */
export function upload<Answer>(path: string, file: Blob, onSent: (share: number) => void, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-throughline', 'web')
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(total > 0 ? loaded / total : 1))
    request.addEventListener('load', () => {
      const answer: unknown = request.response
      const isTold =
        request.status < 400 || (request.status === 422 && typeof answer === 'object' && answer !== null && 'importId' in answer)
      if (isTold) resolve(answer as Answer)
      else reject(new ApiProblem(request.status, answer))
    })
    const broken = (detail: string) => () =>
      reject(new ApiProblem(0, { code: 'upload.broken', detail, fix: 'Send the file again: it goes on where it stopped.' }))
    request.addEventListener('error', broken('The connection broke while the file was sent.'))
    request.addEventListener('abort', broken('Stopped. What was taken stays.'))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
