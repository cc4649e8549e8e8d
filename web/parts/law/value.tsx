import type { Value, Variables } from '../../../engine/state.ts'
import { T } from '../text.tsx'
import { Said } from './said.tsx'
import { valueText } from './value-text.ts'
import { nameText } from './words.ts'

/** A value of a parameter or an outcome of a row as people read it; long lists stand one below another. */
export function LawValue({
  value,
  unit = null
}: {
  readonly value: Value | undefined
  readonly unit?: string | null
}) {
  if (Array.isArray(value) && value.some(each => typeof each === 'object' && each !== null)) {
    return <Items items={value} />
  }
  if (isRecord(value)) {
    const lists = Object.entries(value).filter(([, each]) => Array.isArray(each))
    // a time with its pauses is one sentence
    if (lists.length > 0 && !('workingDays' in value)) {
      return (
        <>
          {Object.entries(value).map(([name, each]) => (
            <div key={name} class="law-part">
              <Said {...nameText(name)} />: <LawValue value={each} />
            </div>
          ))}
        </>
      )
    }
  }
  if (value === undefined || value === null || value === '') return <span class="none">–</span>
  return (
    <bdi>
      <Said {...valueText(value, unit)} />
    </bdi>
  )
}

function Items({ items }: { readonly items: readonly Value[] }) {
  const list = (
    <ol class="values law-items">
      {items.map((item, index) => (
        <li key={index}>
          <LawValue value={item} />
          {isRecord(item) && item.required === false && (
            <span class="optional">
              {' '}
              (<T id="bila ada" en="if any" />)
            </span>
          )}
        </li>
      ))}
    </ol>
  )
  if (items.length <= MOST_OPEN) return list
  return (
    <details>
      <summary>
        <T id={`${items.length} butir`} en={`${items.length} items`} />
      </summary>
      {list}
    </details>
  )
}

/** Longer lists stand behind a click. */
const MOST_OPEN = 8

function isRecord(value: Value | undefined): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
