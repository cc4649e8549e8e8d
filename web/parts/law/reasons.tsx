import type { Reason, Text } from '../../../engine/messages.ts'
import type { Operator } from '../../../engine/rules/definitions.ts'
import { Icon } from '../icon.tsx'
import { T } from '../text.tsx'
import { testText } from './conditions.ts'
import { valueText } from './value-text.ts'
import { nameText } from './words.ts'

/** Every row that was looked at, what it asked, and what was found instead. */
export function ReasonRows(props: {
  readonly reasons: readonly Reason[]
  readonly labels: Readonly<Record<string, Text>>
  readonly name: (row: string) => string
}) {
  return (
    <>
      {props.reasons.map(reason => (
        <div key={reason.row} class={`reason${reason.fits ? ' reason-fits' : ''}`}>
          <p>
            <Icon name={reason.fits ? 'tick' : 'dash'} /> <T id="Baris" en="Row" />{' '}
            {props.name(reason.row)}:{' '}
            <strong>
              {reason.fits ? <T id="cocok" en="fits" /> : <T id="tidak cocok" en="does not fit" />}
            </strong>
          </p>
          <ul class="law-met">
            {reason.conditions.map(({ fact, operator, expected, found, holds }, index) => {
              const name = nameText(fact, props.labels[fact])
              const wanted = testText({ fact, operator: operator as Operator, value: expected })
              const met = valueText(found)
              return (
                <li key={index}>
                  <Icon name={holds ? 'tick' : 'stop'} />
                  <bdi>
                    <T
                      id={`${name.id}: ${wanted.id}${holds ? '' : `, ditemukan ${met.id}`}`}
                      en={`${name.en}: ${wanted.en}${holds ? '' : `, found ${met.en}`}`}
                    />
                  </bdi>
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </>
  )
}
