import type { Text } from '../../engine/messages.ts'

/** A text in both languages: Indonesian first, English small beside it, or below with `block`. */
export function T({ id, en, block = false }: Text & { readonly block?: boolean }) {
  return (
    <span class={block ? 't t-block' : 't'}>
      <span>{id}</span>
      {en !== '' && en !== id && (
        <>
          {' '}
          <span class="en" lang="en">
            {en}
          </span>
        </>
      )}
    </span>
  )
}

/** Both languages in one line, for attributes and titles, which cannot hold elements. */
export function both(id: string, en: string): string {
  return en === '' || en === id ? id : `${id} · ${en}`
}
