import type { EffectiveView } from '../../api/law.ts'
import type { OfficeView } from '../../api/schemas.ts'
import { dateText } from '../parts/dates.tsx'
import { Document } from '../parts/document.tsx'
import type { Frame } from '../parts/frame.ts'
import { EffectiveRows } from '../parts/law/effective.tsx'
import { Said } from '../parts/law/said.tsx'
import { DateInput, LawSections, linkTo, OfficeSelect, ShowButton } from '../parts/law/sections.tsx'
import { groupText, inOrder } from '../parts/law/words.ts'
import { T } from '../parts/text.tsx'

/** What the overview of rules is narrowed to. */
export interface RulesFilter {
  readonly office: string
  readonly date: string
  /** A date; empty: as it is known now. */
  readonly knownOn: string
  readonly text: string
  readonly level: '' | 'national' | 'region' | 'office'
  readonly deviations: boolean
}

export interface RulesPageProps {
  readonly frame: Frame
  readonly rules: readonly EffectiveView[]
  readonly offices: readonly OfficeView[]
  readonly filter: RulesFilter
  /** The unit whose law the person may edit, null: none. */
  readonly edits: string | null
}

/** What holds at an office on a date, by service, and which level said so. */
export function RulesPage(props: RulesPageProps) {
  const { frame, rules, offices, filter } = props
  const { office, date } = filter
  const name = offices.find(({ id }) => id === office)?.name ?? office
  const shown = rules.filter(rule => fits(rule, filter))
  const groups = inOrder(shown.map(({ group }) => group))
  return (
    <Document frame={frame} title={{ id: 'Aturan yang berlaku', en: 'Rules in force' }}>
      <p class="caption">
        <bdi>{name}</bdi>
      </p>
      <h1>
        <T id="Aturan yang berlaku" en="Rules in force" />
      </h1>
      <LawSections here="/rules" />
      <Filters {...props} />
      <p class="count" role="status">
        <T
          id={`${shown.length} dari ${rules.length} aturan per ${dateText(date)}${filter.knownOn === '' ? '' : `, sebagaimana diketahui ${dateText(filter.knownOn)}`}`}
          en={`${shown.length} of ${rules.length} rules`}
        />
      </p>
      {shown.length === 0 && (
        <div class="empty">
          <p>
            <T
              id="Tidak ada aturan yang sesuai dengan saringan ini."
              en="No rule fits these filters."
            />
          </p>
          <p>
            <a href={linkTo('/rules', { office, date })}>
              <T id="Hapus saringan" en="Clear the filters" />
            </a>
          </p>
        </div>
      )}
      {groups.map(group => (
        <section key={group} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>
            <Said {...groupText(group)} />
          </h2>
          <EffectiveRows
            rules={shown.filter(rule => rule.group === group)}
            offices={offices}
            office={office}
            date={date}
            edits={props.edits}
          />
        </section>
      ))}
    </Document>
  )
}

function Filters({ filter, offices }: RulesPageProps) {
  return (
    <form class="filters no-print" method="get" action="/rules">
      <OfficeSelect id="rules-office" offices={offices} office={filter.office} />
      <DateInput
        id="rules-date"
        name="date"
        label={{ id: 'Per tanggal', en: 'As of' }}
        value={filter.date}
      />
      <DateInput
        id="rules-known"
        name="knownOn"
        label={{ id: 'Diketahui pada', en: 'As known on' }}
        value={filter.knownOn}
      />
      <div>
        <label for="rules-text">
          <T id="Cari" en="Search" />
        </label>
        <input id="rules-text" type="search" name="q" value={filter.text} />
      </div>
      <div>
        <label for="rules-level">
          <T id="Ditetapkan oleh" en="Stated by" />
        </label>
        <select id="rules-level" name="level">
          {LEVEL_OPTIONS.map(([value, label]) => (
            <option key={value} value={value} selected={value === filter.level}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div class="choice">
        <input
          id="rules-deviations"
          type="checkbox"
          name="deviations"
          value="1"
          checked={filter.deviations}
        />
        <label for="rules-deviations">
          <T id="Hanya yang berbeda dari pusat" en="Only what differs from the nation" />
        </label>
      </div>
      <ShowButton />
    </form>
  )
}

const LEVEL_OPTIONS: readonly (readonly [RulesFilter['level'], string])[] = [
  ['', 'Semua tingkat · Every level'],
  ['national', 'Nasional · National'],
  ['region', 'Wilayah · Region'],
  ['office', 'Kantor · Office']
]

function fits(rule: EffectiveView, { text, level, deviations }: RulesFilter): boolean {
  if (level !== '' && rule.level !== level) return false
  if (deviations && !differs(rule)) return false
  const words = text.toLowerCase()
  const said = [rule.key, rule.label.id, rule.label.en, ...rule.cites].join(' ').toLowerCase()
  return words === '' || said.includes(words)
}

/** Whether a level below the nation says something, used or not. */
function differs(rule: EffectiveView): boolean {
  if (rule.level !== null && rule.level !== 'national') return true
  return rule.trail.some(({ level, status }) => level !== 'national' && status !== 'none')
}
