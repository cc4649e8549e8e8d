import type { ClockView, SessionView } from '../../api/schemas.ts'
import type { Text } from '../../engine/messages.ts'

/** What every page knows beyond its own data. */
export interface Frame {
  readonly session: SessionView | null
  readonly clock: ClockView
  /** Demo accounts, mailbox and simulators are there, and every page says so. */
  readonly demo: boolean
  /** The address of this page, for the navigation. */
  readonly path: string
  /** What the last action did, in words, shown once. */
  readonly message: Message | null
  /** The address under which a built file is served: `style.css`, `diagram.js`. */
  readonly asset: (name: string) => string
}

export interface Message {
  readonly kind: 'success' | 'warning'
  readonly text: Text
  /** Where to go on. */
  readonly links: readonly { readonly href: string; readonly text: Text }[]
}

/** The time zone in which a page without an office speaks: that of the capital. */
export const CAPITAL = 'Asia/Jakarta'

/** The zone of whoever is signed in. */
export function zoneOf(frame: Frame): string {
  return frame.session?.timeZone ?? CAPITAL
}
