/** Faces a page has besides its answer: empty, loading, failed, and what was just done. */
export { EmptyState, type EmptyStateProps } from './empty-state.tsx'
export { ErrorState } from './error-state.tsx'
export { PageSkeleton, Waiting } from './skeleton.tsx'
export { type Toast, ToastProvider, useToast } from './toasts.tsx'
