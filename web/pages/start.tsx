import type { ServiceView } from '../../api/schemas.ts'
import type { Problem } from '../../engine/errors.ts'
import { Document } from '../parts/document.tsx'
import { Fields } from '../parts/fields.tsx'
import { formOf } from '../parts/form-schema.ts'
import type { Posted } from '../parts/form-values.ts'
import type { Frame } from '../parts/frame.ts'
import { FirstParagraph, Paragraphs } from '../parts/paragraphs.tsx'
import { ErrorSummary } from '../parts/problems.tsx'
import { T } from '../parts/text.tsx'

/** The services that the office offers. */
export function ServicesPage({
  frame,
  services
}: {
  readonly frame: Frame
  readonly services: readonly ServiceView[]
}) {
  return (
    <Document frame={frame} title={{ id: 'Permohonan baru', en: 'New application' }}>
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Permohonan baru" en="New application" />
      </h1>
      {services.length === 0 ? (
        <div class="empty">
          <p>
            <T
              id="Satuan kerja ini tidak menerima permohonan."
              en="This unit does not take applications."
              block
            />
          </p>
        </div>
      ) : (
        <ul class="services">
          {services.map(service => (
            <Service key={service.process} service={service} />
          ))}
        </ul>
      )}
    </Document>
  )
}

function Service({ service }: { readonly service: ServiceView }) {
  return (
    <li>
      <h2>
        {service.mayStart ? (
          <a href={startPath(service)}>
            <T id={service.name} en={service.nameEnglish} block />
          </a>
        ) : (
          <T id={service.name} en={service.nameEnglish} block />
        )}
      </h2>
      <FirstParagraph text={service.documentation} />
      {!service.mayStart && (
        <p class="hint">
          <T id="Dimulai oleh peran lain." en="Started by another role." />
        </p>
      )}
      <p class="hint">
        <T id={`Prosedur versi ${service.version}`} en={`Procedure version ${service.version}`} />
      </p>
    </li>
  )
}

/** The form that starts a case. */
export function StartPage(props: {
  readonly frame: Frame
  readonly service: ServiceView
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
      <a class="back" href="/start">
        <T id="Semua layanan" en="All services" />
      </a>
      <ErrorSummary form={form} problems={problems} />
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id={service.name} en={service.nameEnglish} />
      </h1>
      {service.documentation !== '' && (
        <div class="text">
          <Paragraphs text={service.documentation} />
        </div>
      )}
      <form
        class="form panel"
        method="post"
        action={startPath(service)}
        noValidate
        data-island="form"
      >
        <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
        <input type="hidden" name="_instance" value={instance} />
        <Fields form={form} filling={{ values: service.values, posted, problems }} />
        <div class="actions">
          <button class="button" type="submit">
            <T id="Terima permohonan" en="Register the application" />
          </button>
        </div>
      </form>
    </Document>
  )
}

function startPath(service: ServiceView): string {
  return `/start/${encodeURIComponent(service.process)}`
}
