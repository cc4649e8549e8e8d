import type { OverrideView } from '../../../api/law.ts'
import type { OfficeView } from '../../../api/schemas.ts'
import type { Text } from '../../../engine/messages.ts'
import { dateText } from '../../parts/dates.tsx'
import { Document } from '../../parts/document.tsx'
import type { Frame } from '../../parts/frame.ts'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { boundText } from '../../parts/law/bounds.ts'
import { Grade, Origin, whyText } from '../../parts/law/origin.tsx'
import { periodText } from '../../parts/law/period.ts'
import { Said } from '../../parts/law/said.tsx'
import { LawSections, linkTo, OfficeSelect, ShowButton } from '../../parts/law/sections.tsx'
import { Empty, Head } from '../../parts/law/table-head.tsx'
import { LawValue } from '../../parts/law/value.tsx'
import { both, T } from '../../parts/text.tsx'

/** Every local deviation from national law, for everybody. */
export function RegisterPage(props: {
  readonly frame: Frame
  readonly overrides: readonly OverrideView[]
  /** The units and keys that have some. */
  readonly offices: readonly Pick<OfficeView, 'id' | 'name'>[]
  readonly keys: readonly { readonly key: string; readonly label: Text }[]
  readonly office: string
  readonly chosenKey: string
  readonly today: string
}) {
  const { frame, overrides, offices, office, chosenKey, today } = props
  const units = [...new Set(overrides.map(each => each.office))]
  return (
    <Document
      frame={frame}
      title={{ id: 'Register penyimpangan setempat', en: 'Register of local deviations' }}
    >
      <h1>
        <T id="Register penyimpangan setempat" en="Register of local deviations" />
      </h1>
      {frame.session !== null && <LawSections here="/register" />}
      <p class="text lead">
        <T
          id="Setiap hal yang ditetapkan wilayah atau kantor berbeda dari aturan nasional, dengan dasar, tingkat dan batasnya."
          en="Everything that a region or an office states other than the national rule, with its basis, level and bound."
          block
        />
      </p>
      <form class="filters no-print" method="get" action="/register">
        <OfficeSelect
          id="register-office"
          offices={offices}
          office={office}
          any={{ id: 'Semua satuan kerja', en: 'Every unit' }}
        />
        <div>
          <label for="register-key">
            <T id="Aturan" en="Rule" />
          </label>
          <select id="register-key" name="key">
            <option value="" selected={chosenKey === ''}>
              Semua aturan · Every rule
            </option>
            {props.keys.map(({ key, label }) => (
              <option key={key} value={key} selected={key === chosenKey}>
                {both(label.id, label.en)}
              </option>
            ))}
          </select>
        </div>
        <ShowButton />
      </form>
      <p class="count" role="status">
        <T
          id={`${overrides.length} penyimpangan per ${dateText(today)}`}
          en={overrides.length === 1 ? '1 deviation' : `${overrides.length} deviations`}
        />
      </p>
      {overrides.length === 0 && (
        <Empty
          id="Tidak ada penyimpangan: aturan nasional berlaku apa adanya."
          en="No deviation: the national rules hold as they are."
        />
      )}
      {units.map(unit => {
        const own = overrides.filter(each => each.office === unit)
        const name = own[0]?.officeName ?? unit
        return (
          <section key={unit} aria-labelledby={`unit-${unit}`} class="register-unit">
            <h2 id={`unit-${unit}`}>
              <bdi>{name}</bdi>
            </h2>
            <Overrides overrides={own} name={name} signedIn={frame.session !== null} />
          </section>
        )
      })}
    </Document>
  )
}

const STATUS: { readonly [Status in OverrideView['status']]: Text & { readonly icon: IconName } } =
  {
    applied: { id: 'Dipakai', en: 'Used', icon: 'tick' },
    suspended: { id: 'Ditangguhkan', en: 'Suspended', icon: 'warning' },
    future: { id: 'Akan datang', en: 'To come', icon: 'clock' },
    past: { id: 'Sudah berakhir', en: 'Over', icon: 'dash' }
  }

function Overrides(props: {
  readonly overrides: readonly OverrideView[]
  readonly name: string
  readonly signedIn: boolean
}) {
  return (
    <table class="table cards law-register">
      <caption class="visually-hidden">
        <T id={`Penyimpangan ${props.name}`} en="Deviations" />
      </caption>
      <thead>
        <tr>
          <Head id="Aturan" en="Rule" />
          <Head id="Isi setempat" en="Local value" />
          <Head id="Tingkat di atasnya" en="Level above" />
          <Head id="Keadaan" en="State" />
          <Head id="Dasar dan batas" en="Basis and bound" />
        </tr>
      </thead>
      <tbody>
        {props.overrides.map((each, index) => (
          <tr key={index}>
            <th scope="row">
              {props.signedIn && each.kind !== 'process' ? (
                <a href={linkTo(`/rules/${each.key}/timeline`, { office: each.office })}>
                  <Said {...each.label} />
                </a>
              ) : (
                <Said {...each.label} />
              )}
              {each.row !== null && (
                <span class="sub">
                  <T id="baris" en="row" /> <code>{each.row}</code>
                </span>
              )}
            </th>
            <td data-label={both('Isi setempat', 'Local value')}>
              {each.served ? <Served name={each.served.here} /> : <LawValue value={each.value} />}
              <div class="law-level">
                <Origin level={each.level} />
              </div>
            </td>
            <td data-label={both('Tingkat di atasnya', 'Level above')}>
              {each.served ? (
                <Served name={each.served.above} />
              ) : (
                <LawValue value={each.instead} />
              )}
            </td>
            <td data-label={both('Keadaan', 'State')}>
              <Status {...each} />
              <span class="sub">
                <Said {...periodText(each.from, each.to)} />
              </span>
            </td>
            <td data-label={both('Dasar dan batas', 'Basis and bound')}>
              <bdi>{each.cites.join('; ') || '–'}</bdi>
              {each.bounds.map((bound, at) => (
                <span key={at} class="sub">
                  <T id="batas" en="bound" />: <Said {...boundText(bound, null, each.instead)} />
                </span>
              ))}
              <Grade confidence={each.confidence} sample={each.sample} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Status({ status, why }: OverrideView) {
  const { icon, ...words } = STATUS[status]
  return (
    <>
      <span class={`badge override-${status}`}>
        <Icon name={icon} />
        <Said {...words} />
      </span>
      {status === 'suspended' && why !== '' && (
        <span class="sub">
          <Said {...whyText(why)} />
        </span>
      )}
    </>
  )
}

/** The diagram that serves a service. */
function Served({ name }: { readonly name: Text | null }) {
  return name === null ? <T id="tidak ditawarkan" en="not offered" /> : <Said {...name} />
}
