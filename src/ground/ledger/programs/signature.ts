/** How an author signs: either may be empty. */
export interface Signature {
  name: string
  email: string
}
