import {
  DIFFERENCE_KINDS,
  type Difference,
  type DifferenceKind
} from '../engine/compare/difference.ts'
import type { Problem } from '../engine/errors.ts'
import { ANCHORS, PAUSE_REASONS } from '../engine/graph.ts'
import type { Citation, Decision, Reason, Text, TrailStep } from '../engine/messages.ts'
import type { TriedCase, TriedCases } from '../runtime/case-checker.ts'
import type { Part, ProcessCoverage } from '../runtime/coverage.ts'
import type { VariantComparison } from '../runtime/variants.ts'
import type { OverrideView, ReviewView, StaffingGap } from './law.ts'
import type {
  AccountView,
  BillView,
  CaseSummary,
  CaseView,
  ClockView,
  DecisionView,
  DeputyChoices,
  DeputyView,
  DiagramCheckView,
  DiagramView,
  ErrorAnswer,
  HealthView,
  HistoryLine,
  IncidentView,
  LetterView,
  MailView,
  Notice,
  ObjectionView,
  OfficeView,
  PaymentView,
  PersonView,
  PublicCaseView,
  PublicServiceView,
  RuleView,
  SavedDiagramView,
  SelectionView,
  ServiceClockView,
  ServiceView,
  SessionView,
  StageView,
  StatementView,
  TaskRights,
  TaskSummary,
  TaskView,
  TrackView,
  VerificationView
} from './schemas.ts'

export type Schema = { readonly [keyword: string]: unknown }

// the words that shapes are made of ////////////////////////////////////////////

export const text: Schema = { type: 'string' }
export const longText: Schema = { type: 'string', maxLength: 2000 }
export const integer: Schema = { type: 'integer' }
export const boolean: Schema = { type: 'boolean' }
export const instant: Schema = { type: 'string', format: 'date-time' }
export const date: Schema = { type: 'string', format: 'date' }
export const anything: Schema = {}
export const variables: Schema = { type: 'object', additionalProperties: true }
export const enumOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values })
export const listOf = (items: Schema): Schema => ({ type: 'array', items })
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
export const pageOf = (name: string): Schema =>
  shape<{ rows: unknown; next: unknown }>({ rows: listOf(ref(name)), next: orNull(text) })

/** An object with exactly the properties of `View`; the compiler refuses one too many or too few. */
export function shape<View>(
  properties: { readonly [Key in keyof Required<View>]: Schema },
  optional: readonly (keyof View)[] = []
): Schema {
  const required = Object.keys(properties).filter(key => !optional.includes(key as keyof View))
  return { type: 'object', additionalProperties: false, required, properties }
}

const level = enumOf('office', 'region', 'national')
const confidence = orNull(enumOf('H', 'M', 'L'))
const texts = listOf(text)

// the shapes of schemas.ts /////////////////////////////////////////////////////

const taskSummary = {
  instance: text,
  token: text,
  element: text,
  name: text,
  nameEnglish: text,
  process: text,
  processName: text,
  processEnglish: text,
  number: text,
  subject: text,
  office: text,
  officeName: text,
  role: orNull(text),
  roleLabel: text,
  since: instant,
  dueAt: orNull(instant),
  dueState: enumOf('none', 'on-time', 'near', 'today', 'overdue'),
  followUpAt: orNull(instant),
  later: boolean,
  priority: { type: 'number' },
  urgency: enumOf('urgent', 'normal', 'low'),
  assignee: orNull(ref('PersonView')),
  owner: orNull(ref('PersonView')),
  held: enumOf('free', 'mine', 'other'),
  yours: boolean,
  barred: boolean,
  suspended: boolean,
  sort: enumOf('task', 'selection')
}

const named = shape<PersonView>({ id: text, name: text })
const roleView = shape<{ id: string; label: string }>({ id: text, label: text })

const caseSummary = {
  instance: text,
  number: text,
  subject: text,
  process: text,
  processName: text,
  processEnglish: text,
  office: text,
  officeName: text,
  status: enumOf('running', 'suspended', 'completed', 'terminated', 'failed'),
  startedAt: instant,
  changedAt: instant
}

const publicCase = {
  number: text,
  process: text,
  processName: text,
  processEnglish: text,
  office: text,
  officeName: text,
  officeAddress: text,
  timeZone: text,
  receivedAt: instant,
  stages: listOf(ref('StageView'))
}

const trail = shape<TrailStep>(
  {
    level,
    scope: text,
    status: enumOf('applied', 'ignored', 'suspended', 'none'),
    why: text,
    value: anything,
    from: orNull(text),
    to: orNull(text),
    cites: listOf(ref('Citation')),
    changeSet: text
  },
  ['changeSet']
)

/** The shapes that requests and answers are made of. */
const part = shape<Part>({
  counts: variables,
  covered: integer,
  total: integer,
  missing: listOf(text)
})

export const schemas: { readonly [name: string]: Schema } = {
  ErrorAnswer: shape<ErrorAnswer>(
    {
      code: text,
      message: text,
      problems: listOf(shape<Problem>({ path: text, message: text, text: ref('Text') }, ['text']))
    },
    ['problems']
  ),
  Text: shape<Text>({ id: text, en: text }),
  TriedCases: shape<TriedCases>({
    cases: listOf(
      shape<TriedCase>({
        name: text,
        passed: boolean,
        problems: listOf(shape<{ path: unknown; message: unknown }>({ path: text, message: text })),
        status: orNull(text),
        trace: listOf(shape<{ at: unknown; line: unknown }>({ at: instant, line: text }))
      })
    ),
    coverage: listOf(
      shape<ProcessCoverage>({
        process: text,
        cases: integer,
        nodes: part,
        flows: part,
        conditions: part
      })
    )
  }),
  Difference: shape<Difference>({
    kind: enumOf(...(Object.keys(DIFFERENCE_KINDS) as DifferenceKind[])),
    national: texts,
    variant: texts,
    text: ref('Text'),
    before: orNull(text),
    after: orNull(text)
  }),
  VariantComparison: shape<VariantComparison>({
    process: text,
    version: integer,
    national: text,
    nationalVersion: integer,
    deployedAt: instant,
    differences: listOf(ref('Difference')),
    since: orNull(
      shape<NonNullable<VariantComparison['since']>>({
        version: integer,
        nationalVersion: integer,
        added: listOf(ref('Difference')),
        gone: listOf(ref('Difference'))
      })
    )
  }),
  Citation: shape<Citation>({ instrument: text, pin: orNull(text) }),
  Reason: shape<Reason>({
    row: text,
    fits: boolean,
    conditions: listOf(
      shape<Reason['conditions'][number]>({
        fact: text,
        operator: text,
        expected: anything,
        found: anything,
        holds: boolean
      })
    )
  }),
  TrailStep: trail,
  Decision: shape<Decision>(
    {
      rule: text,
      office: text,
      release: text,
      date: text,
      facts: variables,
      outcome: anything,
      rows: texts,
      reasons: listOf(ref('Reason')),
      trail: listOf(ref('TrailStep')),
      cites: listOf(ref('Citation')),
      confidence,
      remarks: listOf(ref('Text')),
      rebinds: boolean,
      calendar: orNull(text),
      derived: texts,
      dates: { type: 'object', additionalProperties: text },
      releases: { type: 'object', additionalProperties: text }
    },
    ['calendar', 'derived', 'dates', 'releases']
  ),
  PersonView: named,
  TaskRights: shape<TaskRights>({
    complete: boolean,
    claim: boolean,
    unclaim: boolean,
    delegate: boolean,
    giveBack: boolean,
    supervise: boolean,
    objection: orNull(shape<ObjectionView>({ code: text, message: text })),
    onBehalfOf: orNull(named),
    colleagues: listOf(named)
  }),
  DeputyView: shape<DeputyView>({
    id: text,
    person: named,
    deputy: named,
    roles: orNull(listOf(roleView)),
    processes: orNull(listOf(named)),
    from: date,
    until: date,
    reason: text,
    namedBy: named,
    state: enumOf('proposed', 'accepted', 'holding', 'over', 'ended', 'declined'),
    mayAccept: boolean,
    mayEnd: boolean
  }),
  DeputyChoices: shape<DeputyChoices>({
    people: listOf(
      shape<DeputyChoices['people'][number]>({ id: text, name: text, roles: listOf(roleView) })
    ),
    processes: listOf(named),
    forOthers: boolean,
    today: date
  }),
  SessionView: shape<SessionView>({
    person: text,
    name: text,
    unit: text,
    unitName: text,
    level,
    timeZone: text,
    roles: listOf(shape<SessionView['roles'][number]>({ id: text, label: text })),
    supervises: boolean,
    actsFor: listOf(named),
    demo: boolean,
    csrf: text
  }),
  OfficeView: shape<OfficeView>({ id: text, name: text, level }),
  AccountView: shape<AccountView>({
    id: text,
    name: text,
    unitName: text,
    roles: texts,
    password: text
  }),
  TaskSummary: shape<TaskSummary>(taskSummary),
  TaskView: shape<TaskView>({
    ...taskSummary,
    rights: ref('TaskRights'),
    version: integer,
    documentation: text,
    kind: enumOf('form', 'tick'),
    schema: variables,
    values: variables,
    standard: orNull(
      shape<NonNullable<TaskView['standard']>>({
        minutes: orNull({ type: 'number' }),
        requirements: text,
        output: text,
        remark: text
      })
    ),
    notices: listOf(ref('Notice')),
    case: ref('CaseView')
  }),
  Notice: shape<Notice>({
    level: enumOf('info', 'warning', 'stop'),
    text: ref('Text'),
    cites: texts
  }),
  CaseSummary: shape<CaseSummary>(caseSummary),
  CaseView: shape<CaseView>({
    ...caseSummary,
    version: integer,
    variables,
    labels: { type: 'object', additionalProperties: ref('Text') },
    choices: {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: ref('Text') }
    },
    tasks: listOf(ref('TaskSummary')),
    selections: listOf(ref('SelectionView')),
    incidents: listOf(ref('IncidentView')),
    letters: listOf(ref('LetterView')),
    notices: listOf(ref('Notice')),
    decisions: listOf(ref('DecisionView')),
    history: listOf(ref('HistoryLine')),
    serviceClock: orNull(ref('ServiceClockView')),
    mayOperate: boolean,
    diagrams: listOf(ref('DiagramView'))
  }),
  ServiceClockView: shape<ServiceClockView>({
    label: ref('Text'),
    problem: orNull(text),
    state: enumOf('waiting', 'running', 'paused', 'stopped'),
    allowedDays: integer,
    workingDays: boolean,
    from: enumOf(...ANCHORS),
    startedAt: orNull(instant),
    stoppedAt: orNull(instant),
    deadline: orNull(instant),
    late: boolean,
    days: { type: 'number' },
    workedMinutes: orNull(integer),
    stretches: listOf(
      shape<ServiceClockView['stretches'][number]>({
        from: instant,
        to: orNull(instant),
        reason: orNull(enumOf(...PAUSE_REASONS)),
        days: { type: 'number' },
        workedMinutes: orNull(integer)
      })
    )
  }),
  SelectionView: shape<SelectionView>({
    token: text,
    element: text,
    name: text,
    nameEnglish: text,
    roleLabel: text,
    documentation: text,
    activities: listOf(
      shape<SelectionView['activities'][number]>({
        element: text,
        name: text,
        nameEnglish: text,
        running: integer
      })
    ),
    sequential: boolean,
    endedByPeople: boolean,
    cancels: boolean,
    mayChoose: boolean
  }),
  DecisionView: shape<DecisionView>({
    at: instant,
    element: text,
    elementName: text,
    elementEnglish: text,
    label: ref('Text'),
    decision: ref('Decision'),
    cites: texts
  }),
  HistoryLine: shape<HistoryLine>({
    at: instant,
    by: text,
    kind: enumOf(
      'started',
      'task',
      'decision',
      'job',
      'event',
      'letter',
      'incident',
      'operation',
      'ended'
    ),
    element: orNull(text),
    text: ref('Text')
  }),
  DiagramView: shape<DiagramView>({
    process: text,
    name: text,
    nameEnglish: text,
    version: integer,
    url: text,
    current: texts,
    incidents: texts,
    done: { type: 'object', additionalProperties: integer },
    taken: texts,
    outline: listOf(
      shape<DiagramView['outline'][number]>({
        element: text,
        name: text,
        nameEnglish: text,
        lane: text,
        laneEnglish: text,
        status: enumOf('done', 'current', 'incident', 'open'),
        by: text,
        target: boolean
      })
    )
  }),
  IncidentView: shape<IncidentView>({
    instance: text,
    token: text,
    element: text,
    name: text,
    nameEnglish: text,
    number: text,
    subject: text,
    office: text,
    officeName: text,
    code: text,
    message: text,
    since: instant,
    mayResolve: boolean
  }),
  LetterView: shape<LetterView>({
    id: text,
    kind: text,
    title: text,
    number: text,
    date,
    office: text,
    instance: text,
    sha256: text,
    url: text,
    verifyUrl: text,
    status: enumOf('valid', 'replaced', 'revoked')
  }),
  VerificationView: shape<VerificationView>({
    id: text,
    status: enumOf('valid', 'replaced', 'revoked', 'unknown', 'forged'),
    facts: listOf(shape<VerificationView['facts'][number]>({ label: ref('Text'), value: text })),
    sha256: orNull(text),
    sample: boolean
  }),
  MailView: shape<MailView>({
    id: text,
    from: text,
    to: texts,
    subject: text,
    at: instant,
    text,
    attachments: listOf(shape<MailView['attachments'][number]>({ name: text, url: text }))
  }),
  ServiceView: shape<ServiceView>({
    process: text,
    name: text,
    nameEnglish: text,
    version: integer,
    schema: variables,
    values: variables,
    documentation: text,
    role: orNull(text),
    mayStart: boolean
  }),
  PublicServiceView: shape<PublicServiceView>({
    office: text,
    officeName: text,
    process: text,
    name: text,
    nameEnglish: text,
    documentation: text,
    schema: variables
  }),
  StageView: shape<StageView>({
    name: enumOf('received', 'examination', 'waiting', 'approved', 'refused', 'ready', 'closed'),
    text: ref('Text'),
    since: instant,
    by: orNull(date)
  }),
  PublicCaseView: shape<PublicCaseView>({ instance: text, ...publicCase }),
  TrackView: shape<TrackView>({
    ...publicCase,
    letters: listOf(
      shape<TrackView['letters'][number]>({ id: text, title: ref('Text'), number: text, date })
    )
  }),
  ClockView: shape<ClockView>({ now: instant, isSet: boolean, settable: boolean }),
  DiagramCheckView: shape<DiagramCheckView>({
    deployable: boolean,
    processes: listOf(shape<DiagramCheckView['processes'][number]>({ id: text, name: text })),
    findings: listOf(
      shape<DiagramCheckView['findings'][number]>({
        path: text,
        message: text,
        severity: enumOf('error', 'warning')
      })
    )
  }),
  SavedDiagramView: shape<SavedDiagramView>({
    xml: text,
    deleted: texts,
    check: ref('DiagramCheckView')
  }),
  OverrideView: shape<OverrideView>({
    office: text,
    officeName: text,
    served: orNull({
      type: 'object',
      properties: { here: orNull(ref('Text')), above: orNull(ref('Text')) },
      required: ['here', 'above']
    }),
    level,
    key: text,
    label: ref('Text'),
    kind: enumOf('value', 'row', 'process'),
    row: orNull(text),
    value: anything,
    instead: anything,
    from: orNull(text),
    to: orNull(text),
    bounds: listOf(variables),
    status: enumOf('applied', 'suspended', 'future', 'past'),
    why: text,
    cites: texts,
    confidence,
    sample: boolean,
    changeSet: orNull(text)
  }),
  ReviewView: shape<ReviewView>({
    unit: text,
    key: text,
    row: orNull(text),
    why: enumOf('review', 'repealed', 'partial-dates', 'unknown-dates'),
    text: ref('Text'),
    cites: texts
  }),
  StaffingGap: shape<StaffingGap>({
    office: text,
    process: text,
    element: text,
    name: text,
    unit: text,
    role: text,
    problem: enumOf('nobody', 'one-person'),
    text: ref('Text')
  }),
  RuleView: shape<RuleView>({
    key: text,
    label: ref('Text'),
    office: text,
    date,
    value: anything,
    level,
    confidence,
    cites: texts,
    trail: listOf(
      shape<RuleView['trail'][number]>({
        level,
        scope: text,
        status: enumOf('applied', 'ignored', 'suspended', 'none'),
        why: text,
        value: anything,
        from: orNull(text),
        to: orNull(text),
        cites: texts
      })
    )
  }),
  StatementView: shape<StatementView>({
    scope: text,
    key: text,
    kind: enumOf('value', 'row'),
    from: text,
    to: orNull(text),
    content: anything,
    cites: texts,
    reason: ref('Text'),
    by: text,
    at: instant
  }),
  HealthView: shape<HealthView>({
    ready: boolean,
    parts: { type: 'object', additionalProperties: enumOf('ok', 'not ready') }
  }),
  BillView: shape<BillView>({
    code: text,
    amount: integer,
    payer: text,
    purpose: text,
    expiresAt: instant,
    paid: orNull(ref('PaymentView'))
  }),
  PaymentView: shape<PaymentView>({
    code: text,
    ntpn: text,
    amount: integer,
    paidAt: instant,
    simulated: { const: true }
  })
}
