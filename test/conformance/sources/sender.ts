/** The other side of a connection, as the suite plays it: `sources/<kind>.ts` exports one as default. */
export interface Sender {
  /** The kind of source it sends to. */
  source: string
  /** What is chosen when it is connected. */
  settings?: Record<string, unknown>
  /** Secrets the other side makes. */
  secrets?: Record<string, string>
  /** The nth event; each is another one. */
  payload(n: number): object
  /** Where things move from one subject to another: what the nth event is about, told of another later. */
  moved?(n: number): object
  /** Headers of one delivery, signature or token included; `secrets` are all of the connection, wherever they were made. */
  headers(body: Buffer, secrets: Record<string, string>, n: number): Record<string, string>
  /** What the sender puts behind the address, with its slash. */
  path?: string
  /** What each payload becomes at least. */
  expects: { kind: string }
}
