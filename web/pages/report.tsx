import type { PublicCaseView, PublicServiceView } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import { Document } from '../parts/document.tsx'
import { Fields } from '../parts/fields.tsx'
import { formOf } from '../parts/form-schema.ts'
import type { Posted } from '../parts/form-values.ts'
import type { Frame } from '../parts/frame.ts'
import { FirstParagraph } from '../parts/paragraphs.tsx'
import { ErrorSummary } from '../parts/problems.tsx'
import { CurrentStage, PublicFacts } from '../parts/stages.tsx'
import { T } from '../parts/text.tsx'

const TITLE = { id: 'Lapor daring', en: 'Report online' }

/** The services that applicants may start themselves, each with the offices that take it. */
export function ReportServicesPage({
  frame,
  services
}: {
  readonly frame: Frame
  readonly services: readonly PublicServiceView[]
}) {
  const processes = [...new Map(services.map(each => [each.process, each])).values()]
  return (
    <Document frame={frame} title={TITLE}>
      <h1>
        <T {...TITLE} />
      </h1>
      <p class="lead">
        <T
          id="Pilih layanan dan kantor yang wilayah kerjanya meliputi tempat tinggal Anda. Tidak perlu akun."
          en="Choose the service, and the office of the area where you live. No account is needed."
          block
        />
      </p>
      {processes.length === 0 ? (
        <div class="empty">
          <p>
            <T
              id="Belum ada layanan yang dapat dilaporkan secara daring."
              en="No service can be reported online yet."
              block
            />
          </p>
        </div>
      ) : (
        <ul class="services">
          {processes.map(service => (
            <li key={service.process}>
              <h2>
                <T id={service.name} en={service.nameEnglish} block />
              </h2>
              <ul class="offices">
                {services
                  .filter(({ process }) => process === service.process)
                  .map(each => (
                    <li key={each.office}>
                      <a href={reportPath(each)}>
                        {each.officeName}
                        <span class="visually-hidden">: {each.name}</span>
                      </a>
                    </li>
                  ))}
              </ul>
              <FirstParagraph text={service.documentation} />
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/lacak">
          <T id="Sudah melapor? Lacak permohonan" en="Reported already? Track your application" />
        </a>
      </p>
    </Document>
  )
}

/** The form with which an applicant starts a case. */
export function ReportPage(props: {
  readonly frame: Frame
  readonly service: PublicServiceView
  /** The id of the case to be, so that a form sent twice starts one case. */
  readonly instance: string
  readonly posted: Posted | null
  readonly problems: readonly Problem[]
}) {
  const { frame, service, instance, posted, problems } = props
  const form = formOf(service.schema)
  return (
    <Document
      frame={frame}
      title={{ id: service.name, en: service.nameEnglish }}
      invalid={problems.length > 0}
      islands={['forms.js']}
    >
      <a class="back" href="/lapor">
        <T id="Layanan dan kantor lain" en="Other services and offices" />
      </a>
      <ErrorSummary form={form} problems={problems} />
      <p class="caption">{service.officeName}</p>
      <h1>
        <T id={service.name} en={service.nameEnglish} />
      </h1>
      <div class="text">
        <FirstParagraph text={service.documentation} />
        <p>
          <T
            id="Isilah sesuai paspor. Sesudah dikirim Anda menerima nomor permohonan; simpan nomor itu."
            en="Fill it in as your passport says. You then get an application number; keep it."
            block
          />
        </p>
      </div>
      <form
        class="form panel"
        method="post"
        action={reportPath(service)}
        noValidate
        data-island="form"
      >
        <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
        <input type="hidden" name="_instance" value={instance} />
        <Fields form={form} filling={{ values: {}, posted, problems, own: true }} />
        <div class="actions">
          <button class="button" type="submit">
            <T id="Kirim laporan" en="Send the report" />
          </button>
        </div>
      </form>
    </Document>
  )
}

/** What an applicant gets for a report: the number, what happens next and by when. To be printed. */
export function ReceiptPage(props: {
  readonly frame: Frame
  readonly view: PublicCaseView
  /** The name of this server, as it is to be typed from paper. */
  readonly host: string
}) {
  const { frame, view, host } = props
  const title = { id: 'Laporan Anda tercatat', en: 'Your report is on record' }
  return (
    <Document frame={frame} title={title}>
      <h1>
        <T {...title} />
      </h1>
      <p class="lead">
        <T id="Nomor permohonan" en="Application number" />
        <br />
        <strong class="number number-large">{view.number}</strong>
      </p>
      <section class="panel" aria-labelledby="next">
        <h2 id="next">
          <T id="Selanjutnya" en="What happens next" />
        </h2>
        <CurrentStage view={view} now={frame.clock.now} />
      </section>
      <section class="panel" aria-labelledby="report">
        <h2 id="report">
          <T id="Laporan" en="The report" />
        </h2>
        <PublicFacts view={view} />
      </section>
      <p class="no-print">
        <T id="Cetak atau simpan halaman ini." en="Print this page or keep it." />
      </p>
      <p>
        <T
          id="Keadaan permohonan dapat dilihat kapan saja dengan nomor ini dan nomor paspor Anda:"
          en="How it stands can be seen at any time with this number and that of your passport:"
          block
        />{' '}
        <a href="/lacak">{host}/lacak</a>
      </p>
    </Document>
  )
}

function reportPath({ office, process }: PublicServiceView): string {
  return `/lapor/${encodeURIComponent(office)}/${encodeURIComponent(process)}`
}
