/** Names the state of the sources, and where they lie. */
export function stateOfSources(): string
/** Where the program is, or would be, that was built from the sources in some state. */
export function builtFrom(state: string): string
/** The file to start from: the program in one piece, where it was built from the sources as they are now, else the sources. */
export function entry(): string
