import type { ElementId, FlowNode, ProcessGraph } from '../graph.ts'
import { isActivity } from '../graph.ts'
import type { Text } from '../messages.ts'
import type { Value } from '../state.ts'

/** What the nation asks of every process that serves a service: `processes/national/<service>.must-have.json`. */
export interface MustHaves {
  /** The service: the id of the national process, or one that has no national diagram. */
  readonly process: ElementId
  readonly marks: Readonly<Record<MarkName, Mark>>
  readonly mustHave: readonly MustHave[]
}
export type MarkName = string

/** A step by what it does, whatever it is called. */
export interface Mark {
  readonly label: Text
  /** Any of these fulfils it, and so does an activity whose `alur:fulfils` names the mark. */
  readonly by: readonly Selector[]
}

/** An activity for which all that is stated is so. */
export interface Selector {
  readonly element?: ElementId
  /** The process that the element is of, or one that varies it; not given: the process of the file. */
  readonly process?: ElementId
  readonly job?: string
  /** The letter that the job is asked for. */
  readonly template?: string
  readonly rule?: string
  readonly calls?: ElementId
}

/** What has come out of a step: values under paths, of a rule in its outcome, else in the variables. */
export interface Given {
  readonly after: MarkName
  readonly is: Readonly<Record<string, Value>>
}

interface Demand<Kind extends string> {
  readonly id: string
  readonly kind: Kind
  readonly label: Text
  /** Where it stands. */
  readonly source?: string
}
export type MustHave =
  /** Some step fulfils it. */
  | (Demand<'present'> & { readonly what: MarkName })
  /** On every path `first` is completed before `later` begins; with `given` on those behind such an outcome alone. */
  | (Demand<'before'> & {
      readonly first: MarkName
      readonly later: MarkName
      readonly given?: Given
    })
  /** Behind such an outcome no path leads to `later`. */
  | (Demand<'never'> & { readonly later: MarkName; readonly given: Given })
  /** The rule comes before every approval, and what it names decides whose approval comes before `later`. */
  | (Demand<'approvalByRule'> & {
      readonly rule: MarkName
      /** The part of the rule's outcome that names the level. */
      readonly outcome: string
      readonly levels: Readonly<Record<string, MarkName>>
      readonly later: MarkName
    })
  /** Who does `what` has done none of `from` (`alur:notSameAs`). */
  | (Demand<'separationOfDuties'> & { readonly what: MarkName; readonly from: MarkName })
  /** A person with one of these roles does it. */
  | (Demand<'role'> & { readonly what: MarkName; readonly roles: readonly string[] })

/** Whether an element of a process fulfils a mark. */
export function fulfils(
  { process, marks }: MustHaves,
  name: MarkName,
  node: FlowNode,
  graph: ProcessGraph
): boolean {
  if (!isActivity(node)) return false
  if (node.fulfils.includes(name)) return true
  const by = Object.hasOwn(marks, name) ? (marks[name] as Mark).by : []
  return by.some(selector => {
    if (selector.element !== undefined) {
      const of = selector.process ?? process
      if (node.id !== selector.element || ![graph.id, graph.variantOf].includes(of)) return false
    }
    const says = (field: string, value: string | undefined) =>
      value === undefined || Reflect.get(node, field) === value
    const template = node.inputs.find(({ target }) => target === 'template')?.source
    return (
      says('job', selector.job) &&
      says('rule', selector.rule) &&
      says('calls', selector.calls) &&
      (selector.template === undefined ||
        template?.replace(/^\s*=/, '').trim() === `"${selector.template}"`)
    )
  })
}
