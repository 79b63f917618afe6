import classes from './feedback.module.css'

/** The page's frame while its answer is on the way: same heights, so that nothing jumps. */
export function PageSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label="Loading">
      <Bone width="14rem" height="2.2rem" />
      <Bone width="22rem" height="1.1rem" />
      <Bone width="min(36rem, 100%)" height="1.7rem" gap="1.2rem" />
      <Bone width="100%" height="9rem" gap="1.5rem" />
      <Bone width="100%" height="14rem" gap="1rem" />
    </div>
  )
}

/** One part of a page that is still on its way: its place is kept, and said to those who do not see it. */
export function Waiting(size: { height: string; gap?: string }) {
  return (
    <div role="status" aria-label="Loading">
      <Bone {...size} />
    </div>
  )
}

/** One grey block of known size. */
function Bone({ width = '100%', height, gap }: { width?: string; height: string; gap?: string }) {
  return <div className={classes.bone} style={{ width, height, marginTop: gap }} />
}
