/**
 * What the JSON routes and the pages call: everything that a person may see or do. Each function
 * takes who asks and decides on the server, from the store, whether they may.
 */
import type { Actor } from '../engine/context.ts'
import type { Text } from '../engine/messages.ts'
import type { LocalDate, OfficeId, Variables } from '../engine/state.ts'
import type { Bills } from '../runtime/bills.ts'
import type { DiagramLimits } from '../runtime/bpmn.ts'
import type { CaseChecker } from '../runtime/case-checker.ts'
import type { CaseFile } from '../runtime/cases.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Deputies } from '../runtime/deputies.ts'
import type { Files } from '../runtime/files.ts'
import type { Letters } from '../runtime/letters.ts'
import type { Library } from '../runtime/library.ts'
import type { Log } from '../runtime/log.ts'
import type { Mails } from '../runtime/mail.ts'
import type { Batches } from '../runtime/operations/batches.ts'
import type { Operations } from '../runtime/operations/operations.ts'
import type { People } from '../runtime/people.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import type { ContentChecks } from '../runtime/rules/change-check.ts'
import type { ChangeSets } from '../runtime/rules/change-sets.ts'
import type { DecisionLog } from '../runtime/rules/decision-log.ts'
import type { OpenRelease } from '../runtime/rules/releases.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Store } from '../runtime/store.ts'
import { accessIn } from './access.ts'
import { caseReader } from './cases.ts'
import type { LawWords } from './change-sentences.ts'
import type { LawFormServices } from './law.ts'
import type {
  AccountView,
  BillView,
  CaseSummary,
  CaseView,
  ClockView,
  DeputyChoices,
  DeputyView,
  DiagramCheckView,
  HealthView,
  HistoryLine,
  IncidentView,
  LetterView,
  MailView,
  OfficeView,
  Page,
  PaymentView,
  PublicCaseView,
  PublicServiceView,
  RuleView,
  SavedDiagramView,
  ServiceView,
  SessionView,
  StatementView,
  TaskSummary,
  TaskView,
  TrackView,
  VerificationView
} from './schemas.ts'
import { caseServices } from './services/cases.ts'
import { type ChangeServices, changeServices } from './services/change-sets.ts'
import { demoServices } from './services/demo.ts'
import { deputyServices } from './services/deputies.ts'
import { diagramServices } from './services/diagrams.ts'
import { type EffectiveServices, effectiveServices } from './services/effective-law.ts'
import { lawFormServices } from './services/law-forms.ts'
import { type LawListServices, lawListServices } from './services/law-lists.ts'
import { letterServices } from './services/letters.ts'
import { type OperationServices, operationServices } from './services/operations.ts'
import { peopleServices } from './services/people.ts'
import { publicServices } from './services/public.ts'
import { ruleServices } from './services/rules.ts'
import { taskServices } from './services/tasks.ts'
import { type TrialServices, trialServices } from './services/trials.ts'

/** Who is signed in, and what the page head shows of them. */
export interface SignedIn {
  readonly actor: Actor
  readonly view: SessionView
}

export interface PageRequest {
  readonly cursor?: string | null
  readonly limit?: number
}

/** What a task list is narrowed to. */
export interface TaskNarrowing {
  readonly who?: 'mine' | 'free' | 'unit'
  readonly due?: 'overdue'
  /** Without, or only, those that nobody need look at yet. */
  readonly followUp?: 'now' | 'later'
}

/** What is wanted of a task besides completing it. `to` is the sign-in name of a colleague. */
export type Handling = { readonly instance: string; readonly token: string } & (
  | { readonly action: 'claim' }
  | { readonly action: 'unclaim' | 'return'; readonly reason: string }
  | { readonly action: 'assign' | 'delegate'; readonly to: string; readonly reason: string }
  | { readonly action: 'prioritize'; readonly priority: number; readonly reason: string }
)

/** A deputy to be named; `person` is who is acted for, by default the one who asks. */
export interface Naming {
  readonly person?: string
  readonly deputy: string
  readonly roles: readonly string[] | null
  readonly processes: readonly string[] | null
  readonly from: LocalDate
  readonly until: LocalDate
  readonly reason: string
}

/** What an applicant tells to see a case. */
export interface TwoFacts {
  readonly number: string
  readonly passport: string
}

export interface Services
  extends OperationServices,
    TrialServices,
    LawFormServices,
    ChangeServices,
    EffectiveServices,
    LawListServices {
  // people //////////////////////////////////////////////////////////////////
  /** @throws RequestRefused `wrong-password` or `too-many` */
  signIn(
    person: string,
    password: string,
    address: string
  ): Promise<SignedIn & { readonly token: string }>
  /** Who holds this session token; null when it is unknown or over. */
  session(token: string): Promise<SignedIn | null>
  signOut(token: string): Promise<void>
  /** The accounts that the sign-in page offers; empty outside demo mode. */
  demoAccounts(): Promise<readonly AccountView[]>
  /** The units whose cases the person may look for, the own one first. */
  offices(actor: Actor): readonly OfficeView[]

  // work ////////////////////////////////////////////////////////////////////
  /**
   * Tasks of the own unit and roles and of those whom the person acts for, urgent ones first, then the
   * nearest due time. `role` narrows it to one of these roles; `who: 'unit'` widens it, for supervisors.
   */
  taskList(
    actor: Actor,
    query: PageRequest & TaskNarrowing & { readonly unit?: OfficeId; readonly role?: string }
  ): Promise<Page<TaskSummary>>
  /** @throws CommandRefused `not-waiting` when the task is done already */
  taskView(actor: Actor, instance: string, token: string): Promise<TaskView>
  /** What an office offers, with the form that starts each. */
  services(actor: Actor, office: OfficeId): readonly ServiceView[]
  /** `created` is false when this very case had been started by the same request before. */
  startCase(
    actor: Actor,
    start: {
      readonly process: string
      readonly office?: OfficeId
      readonly instance?: string
      /** The start event; by default the one without a trigger. */
      readonly element?: string
      readonly variables: Variables
    }
  ): Promise<{ readonly created: boolean; readonly view: CaseView }>
  completeTask(
    actor: Actor,
    completion: { readonly instance: string; readonly token: string; readonly variables: Variables }
  ): Promise<CaseView>
  /** Starts an activity of an ad-hoc sub-process. */
  startActivity(
    actor: Actor,
    chosen: { readonly instance: string; readonly token: string; readonly element: string }
  ): Promise<CaseView>
  /** Says that an ad-hoc sub-process is over. */
  endSelection(
    actor: Actor,
    ended: { readonly instance: string; readonly token: string }
  ): Promise<CaseView>
  /** Gives one command about a task besides completing it. */
  handleTask(actor: Actor, handling: Handling): Promise<CaseView>

  // deputies ////////////////////////////////////////////////////////////////
  /** Those of the own unit, the latest to begin first; what was over long ago is left out. */
  deputies(actor: Actor): Promise<readonly DeputyView[]>
  /** @throws CommandRefused `invalid-variables` with what does not hold */
  nameDeputy(actor: Actor, naming: Naming): Promise<DeputyView>
  acceptDeputy(actor: Actor, id: string): Promise<DeputyView>
  endDeputy(actor: Actor, id: string): Promise<DeputyView>
  /** What a deputy may be named for: the people of the own unit and the processes. */
  deputyChoices(actor: Actor): Promise<DeputyChoices>

  // cases ///////////////////////////////////////////////////////////////////
  caseSearch(
    actor: Actor,
    query: PageRequest & {
      readonly office?: OfficeId
      readonly status?: CaseSummary['status']
      /** Part of a number, a name or a passport number. */
      readonly text?: string
    }
  ): Promise<Page<CaseSummary>>
  caseView(actor: Actor, instance: string): Promise<CaseView>
  historyOf(actor: Actor, instance: string): Promise<readonly HistoryLine[]>
  /** Publishes a message to whoever waits for it; how many took it. */
  publishMessage(
    actor: Actor,
    message: {
      readonly name: string
      /** Without one, the correlation keys of the processes are read from what it carries. */
      readonly key?: string
      /** How long it is kept when nobody waits for it yet, ISO 8601. */
      readonly timeToLive?: string
      readonly office?: OfficeId
      readonly variables: Variables
    }
  ): Promise<{ readonly taken: number; readonly kept: boolean }>

  // incidents ///////////////////////////////////////////////////////////////
  incidents(
    actor: Actor,
    query: PageRequest & { readonly office?: OfficeId }
  ): Promise<Page<IncidentView>>
  /** Sets the variables and tries again. A reason is required and stands in the history. */
  resolveIncident(
    actor: Actor,
    resolution: {
      readonly instance: string
      readonly token: string
      readonly variables: Variables
      readonly reason: string
    }
  ): Promise<CaseView>
  /** Tries again as it is. */
  retry(
    actor: Actor,
    incident: { readonly instance: string; readonly token: string; readonly reason: string }
  ): Promise<CaseView>

  // letters /////////////////////////////////////////////////////////////////
  letters(actor: Actor, instance: string): Promise<readonly LetterView[]>
  letter(actor: Actor, id: string): Promise<LetterView>
  letterPdf(
    actor: Actor,
    id: string
  ): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }>
  /** For anyone, signed in or not. `seal` is the fragment of the address behind the QR code. */
  verify(id: string, seal: string | null, address: string): Promise<VerificationView>
  /** The public keys that letters are sealed with. */
  keys(): Promise<Variables>

  // rules and processes /////////////////////////////////////////////////////
  /** What a rule says, by default at the own unit today. */
  rule(
    actor: Actor,
    key: string,
    where: { readonly office?: OfficeId; readonly date?: string }
  ): Promise<RuleView>
  /** Every key at the own unit today, or elsewhere: what holds there and which level said so. */
  rules(
    actor: Actor,
    where: { readonly office?: OfficeId; readonly date?: string }
  ): Promise<readonly RuleView[]>
  statements(actor: Actor): readonly StatementView[]
  diagram(actor: Actor, process: string, version: number): Promise<string>
  /** Everything that keeps a diagram from being deployed, and what it may run into. */
  checkDiagram(
    actor: Actor,
    diagram: { readonly file: string; readonly xml: string }
  ): Promise<DiagramCheckView>
  /** @throws InvalidData with what the change would lose and does not name as deleted */
  saveDiagram(
    actor: Actor,
    diagram: {
      readonly file: string
      readonly original: string
      readonly changed: string
      readonly deleted: readonly string[]
    }
  ): Promise<SavedDiagramView>

  // applicants, without an account ///////////////////////////////////////////
  /** The services that applicants may start, by office. @throws RequestRefused `too-many` */
  publicServices(address: string): readonly PublicServiceView[]
  /** Starts a case for an applicant; the same request again gives the same answer. */
  startReport(
    start: {
      readonly process: string
      readonly office: OfficeId
      readonly instance: string
      readonly variables: Variables
    },
    address: string
  ): Promise<{ readonly created: boolean; readonly view: PublicCaseView }>
  /** What the applicant gets for a report made online, by the id that only the applicant has. */
  receipt(instance: string, address: string): Promise<PublicCaseView>
  /** @throws RequestRefused `unknown-case`, or `too-many` after five tries in vain */
  track(facts: TwoFacts, address: string): Promise<TrackView>
  /** A letter of that case that is addressed to the applicant. */
  trackedLetter(
    facts: TwoFacts & { readonly letter: string },
    address: string
  ): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }>

  // outside production //////////////////////////////////////////////////////
  clock(): ClockView
  setClock(actor: Actor, at: string | null): ClockView
  /** Newest first. */
  mailbox(actor: Actor): Promise<readonly MailView[]>
  mailView(actor: Actor, id: string): Promise<MailView>
  mailAttachment(actor: Actor, id: string, name: string): Promise<Uint8Array>
  /** A bill of the simulator, paid or not. */
  billView(actor: Actor, code: string): Promise<BillView>
  /** Pays a bill at the simulator, as the applicant would at a bank. */
  payBill(actor: Actor, code: string): Promise<PaymentView>

  health(): Promise<HealthView>
}

// what they are made of ////////////////////////////////////////////////////////

/** What the services are built on; `alur.ts` hands it in. */
export interface Deps {
  readonly store: Store
  readonly runtime: Pick<Runtime, 'start' | 'execute' | 'publish'>
  readonly operations: Operations
  readonly batches: Batches
  readonly library: Pick<Library, 'processes' | 'find' | 'form' | 'source' | 'differences'>
  readonly rulebook: Rulebook
  readonly people: People
  readonly deputies: Deputies
  readonly changeSets: ChangeSets
  /** How values and bounds are said to people. */
  readonly words: LawWords
  /** What is checked of a change of local law beside the sense of its edits. */
  readonly checks: ContentChecks
  readonly decisions: DecisionLog
  readonly openRelease: OpenRelease
  readonly letters: Letters
  readonly files: Files
  readonly caseChecker: CaseChecker
  /** The example cases beside the diagrams. */
  readonly examples: () => Promise<readonly CaseFile[]>
  readonly seals: Seals
  /** The clock that cases go by, which may be set in a demo. */
  readonly clock: Clock
  /** Set outside production only: what a demo has beside the real thing. */
  readonly demo: Demo | null
  /** The base of the addresses in letters: `http://127.0.0.1:3000`. */
  readonly publicUrl: string
  readonly health: () => Promise<HealthView>
  /** How large and how deep a diagram may be. */
  readonly diagrams?: DiagramLimits
  readonly log: Pick<Log, 'info'>
  /** The title of a kind of letter that goes to the applicant; null: it does not. */
  readonly applicantLetter: (kind: string, date: LocalDate) => Text | null
}

/** The seals on letters. */
export interface Seals {
  /** The facts that a seal vouches for; null when it is not ours or was tampered with. */
  verify(seal: string): Variables | null
  /** What to compare with the paper, in the order of the paper. */
  describe(facts: Variables): VerificationView['facts']
  publicKeys(): Variables
}

/** What a demo has beside the real thing. */
export interface Demo {
  readonly password: string
  readonly mails: Mails
  readonly bills: Bills
  /** Pays a bill; null when there is no such bill. */
  pay(code: string): Promise<PaymentView | null>
}

/** Puts the services together. */
export function createServices(deps: Deps): Services {
  const access = accessIn(() => deps.rulebook.offices())
  const reader = caseReader(deps, access)
  const changes = changeServices(deps, access)
  return {
    ...peopleServices(deps, access),
    ...taskServices(deps, access, reader),
    ...deputyServices(deps, access),
    ...caseServices(deps, access, reader),
    ...operationServices(deps, access),
    ...letterServices(deps, reader),
    ...ruleServices(deps, access),
    ...lawFormServices(deps, access),
    ...changes,
    ...effectiveServices(deps, access),
    ...lawListServices(deps, access),
    ...trialServices(deps),
    ...diagramServices(deps, access),
    ...publicServices(deps),
    ...demoServices(deps),
    health: deps.health
  }
}
