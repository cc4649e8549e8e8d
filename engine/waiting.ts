import { CommandRefused } from './errors.ts'
import type { ProcessInstance, Token, Wait, WaitKind } from './state.ts'

/** A token that rests for a reason. */
export type Waiting<Kind extends WaitKind> = Token & {
  readonly wait: Extract<Wait, { readonly for: Kind }>
}

/** The token that a command names. @throws CommandRefused when it does not wait for that */
export function waiting<Kind extends WaitKind>(
  state: ProcessInstance,
  id: string,
  kind: Kind
): Waiting<Kind> {
  const token = state.tokens[id]
  if (token?.wait?.for !== kind) {
    const found =
      token === undefined ? 'it is gone' : `it waits for ${token.wait?.for ?? 'nothing'}`
    throw new CommandRefused(
      'not-waiting',
      `expected token <${id}> to wait for a ${kind}; ${found}`
    )
  }
  return token as Waiting<Kind>
}
