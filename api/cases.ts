import type { Actor } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import { barredFrom, isFor } from '../engine/people.ts'
import type { ProcessInstance } from '../engine/state.ts'
import { urgencyOf } from '../engine/task-events.ts'
import { localDate } from '../engine/time.ts'
import { heldAs, statusOf, subjectOf } from '../runtime/rows.ts'
import type { CommitRecord, InstanceRow, OpenIncident, OpenTask } from '../runtime/store.ts'
import { type Access, masked, type Reading } from './access.ts'
import { decisionsOf, noticesOf, type RuleWords } from './decisions.ts'
import { diagramsOf } from './diagrams.ts'
import { historyLines } from './history.ts'
import { choicesOf, labelsOf } from './labels.ts'
import { letterView } from './letters.ts'
import type { CaseSummary, CaseView, IncidentView, SelectionView, TaskSummary } from './schemas.ts'
import { selectionOf } from './selections.ts'
import { clockView } from './service-clock.ts'
import type { Deps } from './services.ts'
import { placeOf } from './walk.ts'

/** A case that its reader may see. */
export interface ReadCase {
  readonly state: ProcessInstance
  readonly history: readonly CommitRecord[]
  readonly reading: Exclude<Reading, 'nothing'>
}

/** Reads cases for whoever may see them, and puts them into the shapes that are shown. */
export interface CaseReader {
  /** @throws CommandRefused `unknown-instance`, also when it is not for the actor to know */
  read(actor: Actor, instance: string): Promise<ReadCase>
  /** The same, and nothing is left out of it. */
  readAll(actor: Actor, instance: string): Promise<ReadCase>
  view(actor: Actor, read: ReadCase): Promise<CaseView>
  task(actor: Actor, row: OpenTask): TaskSummary
  incident(actor: Actor, row: OpenIncident): IncidentView
  summary(actor: Actor, row: InstanceRow): CaseSummary
}

export function caseReader(deps: Deps, access: Access): CaseReader {
  const { store, library, rulebook, letters, clock, publicUrl } = deps
  const findProcess = library.find
  const words: RuleWords = {
    label: rule => rulebook.label(rule),
    citation: cite => rulebook.citation(cite)
  }
  const unitOf = (id: string) => rulebook.offices().find(office => office.id === id)
  const nameOf = (unit: string) => unitOf(unit)?.name ?? unit
  const zoneOf = (unit: string) => unitOf(unit)?.timeZone ?? 'UTC'
  const english = (process: string) => findProcess(process, null)?.english ?? ''
  /** A row names the process that holds the element, or the one that has called it. */
  const elementEnglish = (process: string, element: string) =>
    findProcess(process, null)?.nodes[element]?.english ?? ''

  /** The row of an incident does not name the process; an element of the same id and name will do. */
  const anyEnglish = (element: string, name: string) =>
    library.processes.find(({ nodes }) => nodes[element]?.name === name)?.nodes[element]?.english ??
    ''

  const read = async (actor: Actor, instance: string): Promise<ReadCase> => {
    const state = await store.load(instance)
    const history = state === null ? [] : await store.history(instance)
    const reading = state === null ? 'nothing' : access.reading(actor, state, history)
    if (state === null || reading === 'nothing') {
      throw new CommandRefused('unknown-instance', `no case <${instance}> is known here`)
    }
    return { state, history, reading }
  }

  /** What a row of the task list stands for. */
  const sortOf = (process: string, element: string): TaskSummary['sort'] =>
    findProcess(process, null)?.nodes[element]?.type === 'adHocSubProcess' ? 'selection' : 'task'

  const task = (actor: Actor, row: OpenTask): TaskSummary => {
    const { assignee, followUpAt, priority } = row
    const { instance, token, element, name, process, processName, number, office, role, since } =
      row
    return {
      instance,
      token,
      element,
      name,
      nameEnglish: elementEnglish(process, element),
      process,
      processName,
      processEnglish: english(process),
      number,
      subject: masked(row.subject),
      office,
      officeName: nameOf(office),
      role,
      roleLabel: [role ?? row.owners ?? []]
        .flat()
        .map(name => rulebook.roleLabel(row.unit, name, clock.now()))
        .join(', '),
      since,
      dueAt: row.dueAt,
      followUpAt,
      later: followUpAt !== null && followUpAt > clock.now(),
      priority,
      urgency: urgencyOf(priority),
      assignee,
      owner: row.owner,
      held: assignee === null ? 'free' : assignee.id === actor.id ? 'mine' : 'other',
      yours: isFor(row, findProcess(process, null) ?? { id: process, variantOf: null }, actor),
      barred: row.barred.includes(actor.id),
      suspended: row.suspended,
      sort: sortOf(process, element),
      dueState: dueState(row.dueAt, clock.now(), zoneOf(row.unit))
    }
  }

  const incident = (actor: Actor, row: OpenIncident): IncidentView => {
    const { instance, token, element, name, number, office, code, since } = row
    return {
      instance,
      token,
      element,
      name,
      nameEnglish: anyEnglish(element, name),
      number,
      subject: masked(row.subject),
      office,
      officeName: nameOf(office),
      code,
      message: masked(row.message),
      since,
      mayResolve: access.mayResolve(actor, office)
    }
  }

  return {
    read,
    task,
    incident,

    async readAll(actor, instance) {
      const found = await read(actor, instance)
      if (found.reading === 'all') return found
      throw new CommandRefused(
        'not-allowed',
        `expected a reader of personal data, found <${actor.id}>`
      )
    },

    summary(actor, row) {
      const { instance, number, subject, process, processName, office, status } = row
      const mayRead = row.office === actor.unit || !onlyOperates(actor)
      return {
        instance,
        number,
        subject: mayRead ? masked(subject) : '',
        process,
        processName,
        processEnglish: english(process),
        office,
        officeName: nameOf(office),
        status,
        startedAt: row.startedAt,
        changedAt: row.changedAt
      }
    },

    async view(actor, { state, history, reading }) {
      const graph = findProcess(state.process, state.processVersion)
      const all = reading === 'all'
      const issued = await letters.ofInstance(state.id)
      const number =
        typeof state.variables.caseNumber === 'string' ? state.variables.caseNumber : state.id
      const subject = all && graph !== null ? subjectOf(graph, state) : ''
      const decisions = decisionsOf(history, findProcess, words)
      const common = {
        instance: state.id,
        office: state.office,
        process: state.process,
        processName: graph?.name ?? state.process,
        number,
        subject
      }

      const tasks: TaskSummary[] = []
      const selections: SelectionView[] = []
      const incidents: IncidentView[] = []
      for (const token of Object.values(state.tokens)) {
        const place = placeOf(state, token.id, findProcess)
        const name = place === null || place.node.name === '' ? token.at : place.node.name
        const nameEnglish = place?.node.english ?? ''
        const row = {
          ...common,
          process: place?.graph.id ?? common.process,
          processName: place?.graph.name ?? common.processName,
          token: token.id,
          element: token.at,
          name
        }
        if (token.wait?.for === 'user') {
          const held = heldAs(token.wait)
          const barred =
            place === null ? [] : barredFrom({ state, wait: token.wait, findProcess, ...place })
          const suspended = statusOf(state) === 'suspended'
          const open = { ...row, ...token.wait, ...held, barred, suspended }
          tasks.push({ ...task(actor, open), nameEnglish })
        }
        const selection =
          place === null
            ? null
            : selectionOf(state, token, place, actor, {
                findProcess,
                roleLabel: (unit, role) => rulebook.roleLabel(unit, role, clock.now())
              })
        if (selection !== null) selections.push(selection)
        if (token.wait?.for === 'incident') {
          incidents.push({ ...incident(actor, { ...row, ...token.wait }), nameEnglish })
        }
      }
      const diagrams = diagramsOf(state, history, findProcess)

      return {
        ...common,
        processEnglish: graph?.english ?? '',
        officeName: nameOf(state.office),
        status: statusOf(state),
        startedAt: history[0]?.at ?? clock.now(),
        changedAt: history.at(-1)?.at ?? clock.now(),
        version: state.version,
        variables: all ? state.variables : {},
        labels: all ? labelsOf(library, diagrams) : {},
        choices: all ? choicesOf(library, diagrams) : {},
        tasks,
        selections,
        incidents,
        letters: all ? issued.map(letter => letterView(letter, publicUrl)) : [],
        notices: all && state.status === 'running' ? noticesOf(decisions) : [],
        decisions: all ? decisions : [],
        history: all ? historyLines(history, issued, findProcess, words, zoneOf(state.office)) : [],
        diagrams,
        serviceClock: clockView({
          state,
          history,
          rulebook,
          find: findProcess,
          now: clock.now()
        }),
        mayOperate: access.mayResolve(actor, state.office)
      }
    }
  }
}

/** Whether an actor sees cases of other units only because somebody must mend what is stuck. */
function onlyOperates({ roles }: Actor): boolean {
  return roles.includes('operator') && !roles.includes('auditor')
}

/** How near a due time is, by the calendar of the unit that does the work. */
export function dueState(dueAt: string | null, now: string, zone: string): TaskSummary['dueState'] {
  if (dueAt === null) return 'none'
  if (dueAt < now) return 'overdue'
  const due = localDate(dueAt, zone)
  if (due === localDate(now, zone)) return 'today'
  const twoDays = new Date(Date.parse(now) + 2 * 24 * 60 * 60_000).toISOString()
  return due <= localDate(twoDays, zone) ? 'near' : 'on-time'
}
