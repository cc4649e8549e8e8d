import { T } from '../text.tsx'

/** The head of a column, in both languages. */
export function Head(props: {
  readonly id: string
  readonly en: string
  readonly figure?: boolean
}) {
  return (
    <th scope="col" class={props.figure === true ? 'figure' : undefined}>
      <T id={props.id} en={props.en} />
    </th>
  )
}

/** What a page says in the place of a list that has nothing. */
export function Empty(props: { readonly id: string; readonly en: string }) {
  return (
    <div class="empty">
      <p>
        <T id={props.id} en={props.en} />
      </p>
    </div>
  )
}
