// Runs before the first paint so that the page never flashes in the wrong scheme. A file and not an inline script: the content security policy forbids those.
;(function () {
  var kept = null
  try {
    kept = localStorage.getItem('throughline.scheme')
  } catch {
    // Storage is closed to us (private window): follow the system.
  }
  var dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-scheme', dark ? 'dark' : 'light')
})()
