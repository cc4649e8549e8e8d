/**
 * What the JSON API answers and the pages show. The OpenAPI document states the same shapes, and
 * tests hold the two together.
 */
import type { Anchor, PauseReason, StageName } from '../engine/graph.ts'
import type { Decision, Text } from '../engine/messages.ts'
import type { Instant, LocalDate, Value, Variables } from '../engine/state.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }

export interface ErrorAnswer {
  readonly code: string
  readonly message: string
  readonly problems?: readonly { readonly path: string; readonly message: string }[]
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** What a diagram would run into. */
export interface DiagramCheckView {
  readonly deployable: boolean
  readonly processes: readonly { readonly id: string; readonly name: string }[]
  readonly findings: readonly {
    readonly path: string
    readonly message: string
    readonly severity: 'error' | 'warning'
  }[]
}

/** A changed diagram in the text of its original. */
export interface SavedDiagramView {
  readonly xml: string
  /** What the change deleted. */
  readonly deleted: readonly string[]
  readonly check: DiagramCheckView
}

/** Who is signed in. */
export interface SessionView {
  readonly person: string
  readonly name: string
  readonly unit: string
  readonly unitName: string
  readonly level: 'office' | 'region' | 'national'
  readonly timeZone: string
  readonly roles: readonly { readonly id: string; readonly label: string }[]
  /** Hands out the work of the unit. */
  readonly supervises: boolean
  /** Those whom the person acts for today. */
  readonly actsFor: readonly PersonView[]
  /** A demo account, whose password is printed at start. */
  readonly demo: boolean
  /** Sent back in the header `x-csrf-token` or the form field `_csrf`. */
  readonly csrf: string
}

export interface TaskSummary {
  readonly instance: string
  readonly token: string
  readonly element: string
  readonly name: string
  /** The element's name in English (`alur:en`), or an empty string; so for every `…English` below. */
  readonly nameEnglish: string
  readonly process: string
  readonly processName: string
  readonly processEnglish: string
  readonly number: string
  readonly subject: string
  readonly office: string
  readonly officeName: string
  readonly role: string | null
  readonly roleLabel: string
  readonly since: Instant
  readonly dueAt: Instant | null
  readonly dueState: 'none' | 'on-time' | 'near' | 'today' | 'overdue'
  /** Nobody need look at it before then; `later` while that is to come. */
  readonly followUpAt: Instant | null
  readonly later: boolean
  /** From 0 to 100, and the class that it is listed by. */
  readonly priority: number
  readonly urgency: 'urgent' | 'normal' | 'low'
  /** Who has it, and who answers for it when it is delegated. */
  readonly assignee: PersonView | null
  readonly owner: PersonView | null
  readonly held: 'free' | 'mine' | 'other'
  /** It is for the reader, by role, by name or as a deputy. */
  readonly yours: boolean
  /** The reader may not do it because of what they did before. */
  readonly barred: boolean
  /** Its case is suspended: nobody can do it now. */
  readonly suspended: boolean
  /** A task, or an ad-hoc sub-process in which people start activities as they see fit. */
  readonly sort: 'task' | 'selection'
}

/** An ad-hoc sub-process in which people start activities as they see fit. */
export interface SelectionView {
  readonly token: string
  readonly element: string
  readonly name: string
  readonly nameEnglish: string
  readonly roleLabel: string
  readonly documentation: string
  readonly activities: readonly {
    readonly element: string
    readonly name: string
    readonly nameEnglish: string
    /** How many of it run now. */
    readonly running: number
  }[]
  /** Nothing more can be started while something runs. */
  readonly sequential: boolean
  /** People say when it is over; else a condition does. */
  readonly endedByPeople: boolean
  /** What still runs ends with it. */
  readonly cancels: boolean
  /** Whether the reader may choose. */
  readonly mayChoose: boolean
}

export interface PersonView {
  readonly id: string
  readonly name: string
}

/** Why somebody may not complete a task: by code, and in the words of a refusal. */
export interface ObjectionView {
  readonly code: string
  readonly message: string
}

/** What the reader may do with a task, and with whom. */
export interface TaskRights {
  readonly complete: boolean
  readonly claim: boolean
  readonly unclaim: boolean
  readonly delegate: boolean
  readonly giveBack: boolean
  /** Hands it out, takes it away, sets its priority. */
  readonly supervise: boolean
  /** Why it may not be completed, or null. */
  readonly objection: ObjectionView | null
  /** Whom the reader would stand in for, or null. */
  readonly onBehalfOf: PersonView | null
  /** The colleagues who may be given it. */
  readonly colleagues: readonly PersonView[]
}

/** All that a task page needs. */
export interface TaskView extends TaskSummary {
  readonly rights: TaskRights
  readonly version: number
  readonly documentation: string
  /** `form`: filled in and completed; `tick`: a manual task, ticked off without a form. */
  readonly kind: 'form' | 'tick'
  /**
   * The form. Where a property names its items by a case variable (`x-items: "checklist.documents"`),
   * `x-item-list` beside it holds them: `[{ code, label: { id, en }, required }]`.
   */
  readonly schema: JsonSchema
  /** What the form starts with. */
  readonly values: Variables
  readonly standard: {
    readonly minutes: number | null
    readonly requirements: string
    readonly output: string
    readonly remark: string
  } | null
  /** Warnings and remarks that the officer must see before deciding. */
  readonly notices: readonly Notice[]
  readonly case: CaseView
}

/** A deputy, named for a time. */
export interface DeputyView {
  readonly id: string
  readonly person: PersonView
  readonly deputy: PersonView
  /** Null: everything that the person does. */
  readonly roles: readonly { readonly id: string; readonly label: string }[] | null
  /** Null: every process. */
  readonly processes: readonly { readonly id: string; readonly name: string }[] | null
  readonly from: LocalDate
  readonly until: LocalDate
  readonly reason: string
  readonly namedBy: PersonView
  readonly state: 'proposed' | 'accepted' | 'holding' | 'over' | 'ended' | 'declined'
  readonly mayAccept: boolean
  readonly mayEnd: boolean
}

/** What a deputy may be named for. */
export interface DeputyChoices {
  /** The people of the own unit, each with roles. */
  readonly people: readonly (PersonView & {
    readonly roles: readonly { readonly id: string; readonly label: string }[]
  })[]
  readonly processes: readonly { readonly id: string; readonly name: string }[]
  /** Whether the reader may name a deputy for somebody else. */
  readonly forOthers: boolean
  readonly today: LocalDate
}

export interface Notice {
  readonly level: 'info' | 'warning' | 'stop'
  readonly text: Text
  readonly cites: readonly string[]
}

export interface CaseSummary {
  readonly instance: string
  readonly number: string
  readonly subject: string
  readonly process: string
  readonly processName: string
  readonly processEnglish: string
  readonly office: string
  readonly officeName: string
  readonly status: 'running' | 'suspended' | 'completed' | 'terminated' | 'failed'
  readonly startedAt: Instant
  readonly changedAt: Instant
}

export interface CaseView extends CaseSummary {
  readonly version: number
  /** Empty for an operator of a level above, who may not read personal data. */
  readonly variables: Variables
  /** What the forms call the variables, by path. */
  readonly labels: { readonly [path: string]: Text }
  /** What the forms call the values to choose from, by path and value. */
  readonly choices: { readonly [path: string]: { readonly [value: string]: Text } }
  readonly tasks: readonly TaskSummary[]
  readonly selections: readonly SelectionView[]
  readonly incidents: readonly IncidentView[]
  readonly letters: readonly LetterView[]
  /** What the latest decisions want the officer to see. */
  readonly notices: readonly Notice[]
  readonly decisions: readonly DecisionView[]
  readonly history: readonly HistoryLine[]
  /** The diagrams of the process and of those it has called, with the position in each. */
  readonly diagrams: readonly DiagramView[]
  /** How much of its service time it has used; null: its process names none, or none is stated. */
  readonly serviceClock: ServiceClockView | null
  /** The reader may suspend, move, restart … it as an operator. */
  readonly mayOperate: boolean
}

/** The service clock of a case: it stands still for a reason, and what it has counted is what was used. */
export interface ServiceClockView {
  /** What the parameter that states the service time is called. */
  readonly label: Text
  /** Why it cannot be reckoned, as for a year without a calendar; null: it can. */
  readonly problem: string | null
  readonly state: 'waiting' | 'running' | 'paused' | 'stopped'
  readonly allowedDays: number
  /** Calendar days otherwise. */
  readonly workingDays: boolean
  readonly from: Anchor
  readonly startedAt: Instant | null
  readonly stoppedAt: Instant | null
  /** While it stands still, as if it ran on now. */
  readonly deadline: Instant | null
  readonly late: boolean
  /** What counts, to a hundredth of a day. */
  readonly days: number
  /** The same in minutes inside the working hours; null: no hours are stated for some of its days. */
  readonly workedMinutes: number | null
  readonly stretches: readonly {
    readonly from: Instant
    /** Null: it goes on. */
    readonly to: Instant | null
    /** Why it stood still; null: it ran. */
    readonly reason: PauseReason | null
    readonly days: number
    readonly workedMinutes: number | null
  }[]
}

export interface DecisionView {
  readonly at: Instant
  readonly element: string
  readonly elementName: string
  readonly elementEnglish: string
  readonly label: Text
  readonly decision: Decision
  /** The citations as they are read: `PP 10/2015 – tarif no. 2`. */
  readonly cites: readonly string[]
}

export interface HistoryLine {
  readonly at: Instant
  readonly by: string
  readonly kind:
    | 'started'
    | 'task'
    | 'decision'
    | 'job'
    | 'event'
    | 'letter'
    | 'incident'
    | 'operation'
    | 'ended'
  readonly element: string | null
  readonly text: Text
}

export interface DiagramView {
  readonly process: string
  readonly name: string
  readonly nameEnglish: string
  readonly version: number
  /** Where the XML is served. */
  readonly url: string
  readonly current: readonly string[]
  readonly incidents: readonly string[]
  /** How often each element has completed. */
  readonly done: { readonly [element: string]: number }
  readonly taken: readonly string[]
  /** The same in words: the steps in order, with who and where it stands. */
  readonly outline: readonly {
    readonly element: string
    readonly name: string
    readonly nameEnglish: string
    readonly lane: string
    readonly laneEnglish: string
    readonly status: 'done' | 'current' | 'incident' | 'open'
    /** Who completed it last, or an empty string. */
    readonly by: string
    /** Whether an operator may put a token on it. */
    readonly target: boolean
  }[]
}

export interface IncidentView {
  readonly instance: string
  readonly token: string
  readonly element: string
  readonly name: string
  readonly nameEnglish: string
  readonly number: string
  readonly subject: string
  readonly office: string
  readonly code: string
  readonly message: string
  readonly since: Instant
  readonly officeName: string
  readonly mayResolve: boolean
}

export interface LetterView {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly number: string
  readonly date: LocalDate
  readonly office: string
  readonly instance: string
  readonly sha256: string
  /** Where the PDF is served. */
  readonly url: string
  readonly verifyUrl: string
  readonly status: 'valid' | 'replaced' | 'revoked'
}

export interface VerificationView {
  readonly id: string
  readonly status: 'valid' | 'replaced' | 'revoked' | 'unknown' | 'forged'
  readonly facts: readonly { readonly label: Text; readonly value: string }[]
  /** Of the issued PDF, to compare with a file in the browser; null when the letter is unknown. */
  readonly sha256: string | null
  readonly sample: boolean
}

export interface MailView {
  readonly id: string
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly at: Instant
  readonly text: string
  readonly attachments: readonly { readonly name: string; readonly url: string }[]
}

/** A service that an office offers, and the form that starts it. */
export interface ServiceView {
  readonly process: string
  readonly name: string
  readonly nameEnglish: string
  readonly version: number
  readonly schema: JsonSchema
  /** What the form starts with. */
  readonly values: Variables
  readonly documentation: string
  /** The role that may start it; null: anyone of the office. */
  readonly role: string | null
  readonly mayStart: boolean
}

/** A service that applicants may start themselves at an office, and the form that starts it. */
export interface PublicServiceView {
  readonly office: string
  readonly officeName: string
  readonly process: string
  readonly name: string
  readonly nameEnglish: string
  readonly documentation: string
  readonly schema: JsonSchema
}

/** Where a case stands, for the applicant: in words and dates, and nothing of what is in the case. */
export interface StageView {
  readonly name: StageName
  /** What happens or is to be done now; two empty texts when the diagram says nothing. */
  readonly text: Text
  readonly since: Instant
  /** While the applicant is waited for: until when; else the promised date. */
  readonly by: LocalDate | null
}

/** All that is told of a case without signing in. */
export interface PublicCaseView {
  readonly instance: string
  readonly number: string
  readonly process: string
  readonly processName: string
  readonly processEnglish: string
  readonly office: string
  readonly officeName: string
  readonly officeAddress: string
  readonly timeZone: string
  readonly receivedAt: Instant
  /** The stages so far, oldest first; the last one holds. */
  readonly stages: readonly StageView[]
}

/** The same for whoever knows the number of the case and of the passport. */
export interface TrackView extends Omit<PublicCaseView, 'instance'> {
  /** Those addressed to the applicant. */
  readonly letters: readonly {
    readonly id: string
    readonly title: Text
    readonly number: string
    readonly date: LocalDate
  }[]
}

export interface ClockView {
  readonly now: Instant
  readonly isSet: boolean
  readonly settable: boolean
}

/** A unit of the office tree that the signed-in person may look into. */
export interface OfficeView {
  readonly id: string
  readonly name: string
  readonly level: 'office' | 'region' | 'national'
}

/** What a rule says at an office on a date, and which level said so. */
export interface RuleView {
  readonly key: string
  readonly label: Text
  readonly office: string
  readonly date: LocalDate
  readonly value: Value
  readonly level: 'office' | 'region' | 'national'
  readonly confidence: 'H' | 'M' | 'L' | null
  readonly cites: readonly string[]
  readonly trail: readonly {
    readonly level: 'office' | 'region' | 'national'
    readonly scope: string
    readonly status: 'applied' | 'ignored' | 'suspended' | 'none'
    readonly why: string
    readonly value: Value
    readonly from: string | null
    readonly to: string | null
    readonly cites: readonly string[]
  }[]
}

/** One dated and cited statement that an owner of tariffs published. */
export interface StatementView {
  readonly scope: string
  readonly key: string
  readonly kind: 'value' | 'row'
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly content: Value
  readonly cites: readonly string[]
  readonly reason: Text
  readonly by: string
  readonly at: Instant
}

export interface HealthView {
  readonly ready: boolean
  readonly parts: { readonly [part: string]: 'ok' | 'not ready' }
}

/** A demo account, offered on the sign-in page. */
export interface AccountView {
  readonly id: string
  readonly name: string
  readonly unitName: string
  readonly roles: readonly string[]
  readonly password: string
}

/** A bill at the billing simulator. */
export interface BillView {
  readonly code: string
  readonly amount: number
  readonly payer: string
  readonly purpose: string
  readonly expiresAt: Instant
  readonly paid: PaymentView | null
}

/** A bill paid at the billing simulator. */
export interface PaymentView {
  readonly code: string
  readonly ntpn: string
  readonly amount: number
  readonly paidAt: Instant
  /** Always true: no money has moved. */
  readonly simulated: true
}

export type { Value }
