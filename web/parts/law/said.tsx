import type { Text } from '../../../engine/messages.ts'
import { T } from '../text.tsx'

/** What the law or an office says: in both languages, or once where both are the same, as an amount is. */
export function Said({ id, en, block = false }: Text & { readonly block?: boolean }) {
  if (en === '' || en === id) return <bdi>{id}</bdi>
  return <T id={id} en={en} block={block} />
}
