import type { Variables } from '../../engine/state.ts'
import type { Frame } from './frame.ts'
import { T } from './text.tsx'

/** In a demo: where the bill of a case can be paid as if at a bank. */
export function SimulatorLink({
  frame,
  variables
}: {
  readonly frame: Frame
  readonly variables: Variables
}) {
  const { billing } = variables
  const code =
    typeof billing === 'object' && billing !== null && 'code' in billing ? billing.code : null
  if (!frame.demo || typeof code !== 'string') return null
  return (
    <p class="no-print">
      <a href={`/simulator/payments/${encodeURIComponent(code)}`}>
        <T id="Bayar di simulator" en="Pay at the simulator" />
      </a>
    </p>
  )
}
