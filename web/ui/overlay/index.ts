/** What lies over the page. */
export { Dialog } from './dialog.tsx'
export { FormDialog } from './form-dialog.tsx'
export { placeUnder, Pop, type PopProps, useClosePop } from './pop.tsx'
export { SidePanel } from './side-panel.tsx'
export { SureButton } from './sure-button.tsx'
