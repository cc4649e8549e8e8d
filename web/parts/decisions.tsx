import type { DecisionView } from '../../api/schemas.ts'
import type { Citation, Decision, Reason, Text, TrailStep } from '../../engine/messages.ts'
import type { Value, Variables } from '../../engine/state.ts'
import { dateText, When } from './dates.tsx'
import { Name } from './name.tsx'
import { Cites } from './notices.tsx'
import { T } from './text.tsx'
import { ValueText } from './values.tsx'

/** The rules that were used, each with its outcome, its legal basis and why. */
export function Decisions(props: {
  readonly decisions: readonly DecisionView[]
  readonly zone: string
}) {
  const { decisions, zone } = props
  if (decisions.length === 0) {
    return (
      <p class="empty-inline">
        <T id="Belum ada aturan yang dipakai." en="No rule has been used yet." />
      </p>
    )
  }
  return (
    <>
      {decisions.map((view, index) => (
        <DecisionPart key={index} view={view} zone={zone} />
      ))}
    </>
  )
}

function DecisionPart({ view, zone }: { readonly view: DecisionView; readonly zone: string }) {
  const { decision } = view
  return (
    <section class="decision">
      <h3>
        <T {...view.label} />
      </h3>
      <div class="outcome">
        <T id="Hasil" en="Outcome" />: <Outcome value={decision.outcome} />
      </div>
      {decision.remarks.length > 0 && (
        <ul class="remarks">
          {decision.remarks.map(remark => (
            <li key={remark.id}>
              <T {...remark} />
            </li>
          ))}
        </ul>
      )}
      <Cites cites={view.cites} />
      <National decision={decision} />
      <details>
        <summary>
          <T id="Mengapa begini" en="Why" />
          <span class="visually-hidden">: {view.label.id}</span>
        </summary>
        <Why view={view} zone={zone} />
      </details>
    </section>
  )
}

/** What came out, in the words that the rule itself has for it. */
function Outcome({ value }: { readonly value: Value }) {
  if (Array.isArray(value)) {
    if (value.length === 0) return <T id="tidak ada" en="none" />
    return (
      <ul class="values">
        {value.map((each, index) => (
          <li key={index}>
            <Outcome value={each} />
          </li>
        ))}
      </ul>
    )
  }
  if (typeof value !== 'object' || value === null) return <ValueText value={value} />
  const { notice, label, level: _level, cites: _cites, ...rest } = value as Variables
  const words = textIn(notice) ?? textIn(label)
  if (words !== null) return <T {...words} />
  return (
    <>
      {Object.entries(rest).map(([name, each], index) => (
        <span key={name}>
          {index > 0 && '; '}
          <Name name={name} /> <Outcome value={each} />
        </span>
      ))}
    </>
  )
}

function textIn(value: Value | undefined): Text | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { id, en } = value as Variables
  return typeof id === 'string' && typeof en === 'string' ? { id, en } : null
}

/** What the nation says, where a lower level said something else. */
function National({ decision }: { readonly decision: Decision }) {
  const applied = decision.trail.filter(({ status }) => status === 'applied')
  const national = decision.trail.find(
    ({ level, status }) => level === 'national' && status !== 'none'
  )
  if (national === undefined || applied.every(({ level }) => level === 'national')) return null
  return (
    <p>
      <T id="Aturan nasional" en="National rule" />: <Outcome value={national.value} />{' '}
      <span class="cites">{national.cites.map(citation).join('; ')}</span>
    </p>
  )
}

function Why({ view, zone }: { readonly view: DecisionView; readonly zone: string }) {
  const { decision } = view
  return (
    <div>
      <dl class="facts">
        <Fact id="Diputuskan" en="Decided">
          <When at={view.at} zone={zone} />, {view.elementName}
        </Fact>
        <Fact id="Hukum per tanggal" en="Law as of">
          {dateText(decision.date)}
        </Fact>
        <Fact id="Fakta yang dibaca" en="Facts read">
          <ValueText value={decision.facts} zone={zone} />
        </Fact>
        {decision.confidence !== null && (
          <Fact id="Keyakinan sumber" en="Confidence of the source">
            <T {...CONFIDENCE[decision.confidence]} />
          </Fact>
        )}
        {decision.rebinds && (
          <Fact id="Rilis aturan" en="Release of rules">
            <T id="memakai rilis terbaru" en="takes the newest release" />
          </Fact>
        )}
      </dl>
      {decision.reasons.map(reason => (
        <ReasonPart key={reason.row} reason={reason} />
      ))}
      {decision.trail.length > 0 && <Trail trail={decision.trail} />}
    </div>
  )
}

export const CONFIDENCE: { readonly [Grade in 'H' | 'M' | 'L']: Text } = {
  H: { id: 'tinggi', en: 'high' },
  M: { id: 'sedang', en: 'medium' },
  L: { id: 'rendah', en: 'low' }
}

function ReasonPart({ reason }: { readonly reason: Reason }) {
  return (
    <div class={`reason${reason.fits ? ' reason-fits' : ''}`}>
      <p>
        <T id="Baris" en="Row" /> <code>{reason.row}</code>:{' '}
        <strong>
          {reason.fits ? <T id="cocok" en="fits" /> : <T id="tidak cocok" en="does not fit" />}
        </strong>
      </p>
      {reason.conditions.length > 0 && (
        <ul>
          {reason.conditions.map((condition, index) => (
            <li key={index}>
              {condition.holds ? <T id="ya" en="yes" /> : <T id="tidak" en="no" />}:{' '}
              <code>{condition.fact}</code> <T {...operatorText(condition.operator)} />{' '}
              <ValueText value={condition.expected} />
              {' – '}
              <T id="ditemukan" en="found" /> <ValueText value={condition.found} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const OPERATORS: Readonly<Record<string, Text>> = {
  equal: { id: 'sama dengan', en: 'equals' },
  notEqual: { id: 'tidak sama dengan', en: 'does not equal' },
  in: { id: 'salah satu dari', en: 'is one of' },
  notIn: { id: 'bukan salah satu dari', en: 'is none of' },
  lessThan: { id: 'kurang dari', en: 'is less than' },
  lessThanInclusive: { id: 'paling banyak', en: 'is at most' },
  greaterThan: { id: 'lebih dari', en: 'is more than' },
  greaterThanInclusive: { id: 'paling sedikit', en: 'is at least' },
  between: { id: 'antara', en: 'is between' },
  contains: { id: 'memuat', en: 'contains' },
  doesNotContain: { id: 'tidak memuat', en: 'does not contain' }
}

/** A condition's operator in words. */
export function operatorText(operator: string): Text {
  return OPERATORS[operator] ?? { id: operator, en: '' }
}

/** The operators that a stated row may use. */
export const OPERATOR_NAMES: readonly string[] = Object.keys(OPERATORS)

export const LEVELS: { readonly [Level in TrailStep['level']]: Text } = {
  office: { id: 'Kantor', en: 'Office' },
  region: { id: 'Wilayah', en: 'Region' },
  national: { id: 'Nasional', en: 'National' }
}
export const TRAIL: { readonly [Status in TrailStep['status']]: Text } = {
  applied: { id: 'berlaku', en: 'applied' },
  ignored: { id: 'tidak dipakai', en: 'ignored' },
  suspended: { id: 'ditangguhkan', en: 'suspended' },
  none: { id: 'tidak ada', en: 'none' }
}

function Trail({ trail }: { readonly trail: readonly TrailStep[] }) {
  return (
    <>
      <p>
        <T id="Kata setiap tingkat:" en="What each level says:" />
      </p>
      <ul class="values">
        {trail.map((step, index) => (
          <li key={index}>
            <T {...LEVELS[step.level]} /> (<code>{step.scope}</code>):{' '}
            <strong>
              <T {...TRAIL[step.status]} />
            </strong>
            {step.value !== null && (
              <>
                , <ValueText value={step.value} />
              </>
            )}
            {step.why !== '' && <> – {step.why}</>}
            {step.cites.length > 0 && (
              <span class="cites"> {step.cites.map(citation).join('; ')}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function citation({ instrument, pin }: Citation): string {
  return pin === null ? instrument : `${instrument}, ${pin}`
}

/** One line of a list of facts. */
export function Fact(props: Text & { readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>
        <T id={props.id} en={props.en} />
      </dt>
      <dd>{props.children}</dd>
    </div>
  )
}
