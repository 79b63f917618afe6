import type { Ground } from '../../ground/index.ts'

/** This house tells what others registered; it has nothing of its own to register yet. */
export function installCommunication(_ground: Ground): void {}
