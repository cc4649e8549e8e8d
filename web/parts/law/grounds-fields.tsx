import type { Edit } from '../../../api/law.ts'
import type { Citation, Text } from '../../../engine/messages.ts'
import type { Instrument } from '../../../engine/rules/release.ts'
import { typed } from '../form-values.ts'
import { T } from '../text.tsx'
import type { EditFilling } from './edit-drafts.ts'
import { indexes } from './grounds.ts'
import { Labelled, TextField } from './labelled.tsx'

interface GroundsProps {
  readonly edit: Edit | null
  readonly instruments: readonly Instrument[]
  readonly filling: EditFilling
}

/** From when to when: every edit of a value or a row has days. */
export function DaysFields({ edit, filling }: GroundsProps) {
  const during = edit !== null && 'from' in edit ? edit : null
  return (
    <fieldset class="field group">
      <legend>
        <T id="Kapan berlaku" en="When it holds" />
      </legend>
      <TextField
        {...filling}
        path="/from"
        type="date"
        label={{ id: 'Mulai', en: 'First day' }}
        initial={during?.from ?? ''}
      />
      <TextField
        {...filling}
        path="/to"
        type="date"
        optional
        label={{ id: 'Sampai dan termasuk', en: 'To and including' }}
        hint={{ id: 'Kosong: seterusnya', en: 'Empty: from then on' }}
        initial={during?.to ?? ''}
      />
    </fieldset>
  )
}

/** The legal basis: from the register, or the office's own decision, entered right here. */
export function CitesFields({ edit, instruments, filling }: GroundsProps) {
  const { posted, problems } = filling
  const cites: readonly Citation[] = edit !== null && 'cites' in edit ? edit.cites : []
  const ownOpen = ['/own/number', '/own/title', '/own/date'].some(
    path => (typed(posted, path) ?? '') !== ''
  )
  return (
    <fieldset class="field group">
      <legend>
        <T id="Dasar hukum" en="Legal basis" />
      </legend>
      {indexes().map(index => (
        <div key={index} class="law-cite">
          <Labelled
            path={`/cites/${index}/instrument`}
            label={{ id: `Peraturan ${index + 1}`, en: `Instrument ${index + 1}` }}
            optional={index > 0}
            problems={problems}
          >
            {tied => (
              <select {...tied} class="w-wide">
                <option value="">– Pilih · Choose –</option>
                {[...byKind(instruments)].map(([kind, some]) => (
                  <optgroup key={kind} label={kind}>
                    {some.map(each => (
                      <option
                        key={each.id}
                        value={each.id}
                        selected={
                          each.id ===
                          (typed(posted, `/cites/${index}/instrument`) ?? cites[index]?.instrument)
                        }
                      >
                        {nameOf(each)}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
            )}
          </Labelled>
          <TextField
            {...filling}
            path={`/cites/${index}/pin`}
            optional
            label={{ id: 'Pasal', en: 'Article' }}
            initial={cites[index]?.pin ?? ''}
          />
        </div>
      ))}
      <details open={ownOpen}>
        <summary>
          <T
            id="Keputusan kantor sendiri yang belum ada dalam daftar"
            en="A decision of your own that is not in the list yet"
          />
        </summary>
        {OWN.map(({ path, type, optional, ...label }) => (
          <TextField
            key={path}
            {...filling}
            path={path}
            type={type}
            optional={optional}
            label={label}
            initial=""
          />
        ))}
      </details>
    </fieldset>
  )
}

const OWN: readonly (Text & {
  readonly path: string
  readonly type: 'text' | 'date'
  readonly optional: boolean
})[] = [
  { path: '/own/number', type: 'text', optional: false, id: 'Nomor keputusan', en: 'Number' },
  { path: '/own/title', type: 'text', optional: false, id: 'Tentang', en: 'Title' },
  { path: '/own/date', type: 'date', optional: false, id: 'Berlaku sejak', en: 'In force from' },
  {
    path: '/own/pin',
    type: 'text',
    optional: true,
    id: 'Pasal atau lampiran',
    en: 'Article or annex'
  }
]

/** Why it is changed; English may be left out. */
export function ReasonFields({ edit, filling }: Pick<GroundsProps, 'edit' | 'filling'>) {
  const reason = edit !== null && 'reason' in edit ? edit.reason : { id: '', en: '' }
  return (
    <>
      <TextField
        {...filling}
        path="/reason/id"
        type="area"
        label={{ id: 'Alasan', en: 'Reason' }}
        initial={reason.id}
      />
      <TextField
        {...filling}
        path="/reason/en"
        type="area"
        lang="en"
        optional
        label={{ id: 'Alasan dalam bahasa Inggris', en: 'Reason in English' }}
        hint={{ id: 'Kosong: sama dengan di atas', en: 'Empty: the same as above' }}
        initial={reason.en === reason.id ? '' : reason.en}
      />
    </>
  )
}

function byKind(instruments: readonly Instrument[]): ReadonlyMap<string, readonly Instrument[]> {
  const kinds = new Map<string, Instrument[]>()
  for (const each of instruments) kinds.set(each.kind, [...(kinds.get(each.kind) ?? []), each])
  return kinds
}

function nameOf({ short, title, inForce, sample }: Instrument): string {
  const name = title.startsWith(short) ? title : `${short} – ${title}`
  const cut = name.length > 90 ? `${name.slice(0, 89)}…` : name
  const over = inForce.to === null ? '' : ` (s.d. ${inForce.to})`
  return `${sample === true ? 'CONTOH: ' : ''}${cut}${over}`
}
