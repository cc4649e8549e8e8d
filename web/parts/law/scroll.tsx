import type { ComponentChildren } from 'preact'
import { both } from '../text.tsx'

/** Something wider than a phone, which scrolls by itself, also with the keyboard. */
export function Scroll(props: {
  readonly id: string
  readonly en: string
  readonly children: ComponentChildren
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse must be able to scroll it
    <section class="scroll" aria-label={both(props.id, props.en)} tabIndex={0}>
      {props.children}
    </section>
  )
}
