import type * as Plot from '@observablehq/plot'
import { useEffect, useRef, useState } from 'react'
import classes from './chart.module.css'

export type PlotLibrary = typeof Plot

export interface PlotViewProps {
  /** The chart in one sentence, for those who do not see it. */
  label: string
  height: number
  draw: (plot: PlotLibrary, size: { width: number; height: number }) => Element
}

/** Draws with the chart library, which arrives only when a chart is on the page; redraws when the width changes. */
export function PlotView({ label, height, draw }: PlotViewProps) {
  const place = useRef<HTMLDivElement>(null)
  const library = usePlotLibrary()
  const width = useWidth(place)
  useEffect(() => {
    if (!library || !place.current || width === 0) return
    const drawn = draw(library, { width, height })
    // The place itself is the image and says what it shows; its strokes are not worth reading one by one.
    drawn.setAttribute('aria-hidden', 'true')
    place.current.replaceChildren(drawn)
  }, [library, width, height, draw])
  return <div ref={place} className={classes.plot} style={{ height }} role="img" aria-label={label} />
}

function usePlotLibrary(): PlotLibrary | null {
  const [library, setLibrary] = useState<PlotLibrary | null>(null)
  useEffect(() => {
    let wanted = true
    void import('@observablehq/plot').then((loaded) => wanted && setLibrary(loaded))
    return () => {
      wanted = false
    }
  }, [])
  return library
}

function useWidth(place: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!place.current) return undefined
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [place])
  return width
}
