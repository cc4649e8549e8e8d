const SHAPES = {
  tick: 'M3.5 8.5l3 3 6-7',
  clock: 'M8 4.2V8l2.6 1.8',
  warning: 'M8 6v3.6M8 11.6v.4',
  stop: 'M8 4.4v4.4M8 11v.5',
  dash: 'M4.5 8h7',
  here: 'M5 3.5l6 4.5-6 4.5z',
  circle: '',
  info: 'M8 7.2v4M8 4.6v.4'
} as const
const OUTLINES: { readonly [Name in IconName]: string } = {
  tick: 'M8 1a7 7 0 100 14A7 7 0 008 1z',
  clock: 'M8 1a7 7 0 100 14A7 7 0 008 1z',
  warning: 'M8 1.2L15.2 14.3H.8z',
  stop: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z',
  dash: '',
  here: '',
  circle: 'M8 2.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11z',
  info: 'M8 1a7 7 0 100 14A7 7 0 008 1z'
}
export type IconName = keyof typeof SHAPES

/** A small sign beside a word that says the same; hidden from assistive technology. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      {OUTLINES[name] !== '' && <path d={OUTLINES[name]} />}
      {SHAPES[name] !== '' && <path d={SHAPES[name]} />}
    </svg>
  )
}
