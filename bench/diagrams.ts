/** Who reads a condition: each engine has its own language for it. */
export interface Conditions {
  /** Holds for the branch that is taken. */
  readonly chosen: string
  /** Holds while a loop goes on. */
  readonly again: string
}

export const FEEL: Conditions = { chosen: 'amount > 100', again: 'loops &lt; 10' }

/** The workloads that engines are compared on, as BPMN that any of them reads. */
export function sequence(tasks: number): string {
  const ids = Array.from({ length: tasks }, (_, n) => `Task_${n + 1}`)
  const path = ['Start', ...ids, 'End']
  return definitions([
    '<bpmn:startEvent id="Start"/>',
    ...ids.map(id => `<bpmn:task id="${id}"/>`),
    '<bpmn:endEvent id="End"/>',
    ...path.slice(1).map((id, n) => flow(path[n] as string, id))
  ])
}

/** One of two branches, merged again. */
export function exclusive({ chosen }: Conditions): string {
  return definitions([
    '<bpmn:startEvent id="Start"/>',
    '<bpmn:exclusiveGateway id="Which" default="Which_Right"/>',
    '<bpmn:task id="Left"/>',
    '<bpmn:task id="Right"/>',
    '<bpmn:exclusiveGateway id="Merge"/>',
    '<bpmn:endEvent id="End"/>',
    flow('Start', 'Which'),
    flow('Which', 'Left', chosen),
    flow('Which', 'Right'),
    flow('Left', 'Merge'),
    flow('Right', 'Merge'),
    flow('Merge', 'End')
  ])
}

/** Two branches side by side, joined again. */
export function parallel(): string {
  return definitions([
    '<bpmn:startEvent id="Start"/>',
    '<bpmn:parallelGateway id="Fork"/>',
    '<bpmn:task id="Left"/>',
    '<bpmn:task id="Right"/>',
    '<bpmn:parallelGateway id="Join"/>',
    '<bpmn:endEvent id="End"/>',
    flow('Start', 'Fork'),
    flow('Fork', 'Left'),
    flow('Fork', 'Right'),
    flow('Left', 'Join'),
    flow('Right', 'Join'),
    flow('Join', 'End')
  ])
}

/** One branch ends the instance while the other still waits for a person. */
export function explicitTermination(): string {
  return definitions([
    '<bpmn:startEvent id="Start"/>',
    '<bpmn:parallelGateway id="Fork"/>',
    '<bpmn:userTask id="Waiting"/>',
    '<bpmn:task id="Quick"/>',
    '<bpmn:endEvent id="End"/>',
    '<bpmn:endEvent id="Stop"><bpmn:terminateEventDefinition/></bpmn:endEvent>',
    flow('Start', 'Fork'),
    flow('Fork', 'Waiting'),
    flow('Fork', 'Quick'),
    flow('Waiting', 'End'),
    flow('Quick', 'Stop')
  ])
}

/** A task that is repeated through an exclusive gateway while a condition holds. */
export function cycle({ again }: Conditions, task = '<bpmn:task id="Work"/>'): string {
  return definitions([
    '<bpmn:startEvent id="Start"/>',
    '<bpmn:exclusiveGateway id="Merge"/>',
    task,
    '<bpmn:exclusiveGateway id="Enough" default="Enough_End"/>',
    '<bpmn:endEvent id="End"/>',
    flow('Start', 'Merge'),
    flow('Merge', 'Work'),
    flow('Work', 'Enough'),
    flow('Enough', 'Merge', again),
    flow('Enough', 'End')
  ])
}

/** Counts in a variable how often it was run. */
export const COUNTING = `<bpmn:scriptTask id="Work" scriptFormat="feel" alur:result="loops"><bpmn:script>loops + 1</bpmn:script></bpmn:scriptTask>`

/** A chain of every common element, at least `count` of them: blocks of eight nodes and their flows. */
export function large(count: number): string {
  const blocks = Math.max(1, Math.round((count - 4) / 18))
  const parts: string[] = ['<bpmn:startEvent id="Start"/>', '<bpmn:endEvent id="End"/>']
  let before = 'Start'
  for (let n = 0; n < blocks; n++) {
    const id = (name: string) => `${name}_${n}`
    parts.push(
      `<bpmn:userTask id="${id('Check')}" name="Periksa ${n}"/>`,
      `<bpmn:exclusiveGateway id="${id('Which')}" default="${id('Which')}_${id('Right')}"/>`,
      `<bpmn:task id="${id('Left')}"/>`,
      `<bpmn:parallelGateway id="${id('Right')}"/>`,
      `<bpmn:task id="${id('One')}"/>`,
      `<bpmn:task id="${id('Other')}"/>`,
      `<bpmn:parallelGateway id="${id('Join')}"/>`,
      `<bpmn:exclusiveGateway id="${id('Merge')}"/>`,
      flow(before, id('Check')),
      flow(id('Check'), id('Which')),
      flow(id('Which'), id('Left'), `amount > ${n}`),
      flow(id('Which'), id('Right')),
      flow(id('Right'), id('One')),
      flow(id('Right'), id('Other')),
      flow(id('One'), id('Join')),
      flow(id('Other'), id('Join')),
      flow(id('Left'), id('Merge')),
      flow(id('Join'), id('Merge'))
    )
    before = id('Merge')
  }
  return definitions([...parts, flow(before, 'End')])
}

/** A user task, then a task and the end: one command that is worth a commit. */
export function userTasks(count: number): string {
  return sequence(count).replaceAll('bpmn:task', 'bpmn:userTask')
}

function flow(source: string, target: string, condition: string | null = null): string {
  const inside =
    condition === null
      ? ''
      : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
  return `<bpmn:sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`
}

function definitions(elements: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:alur="urn:alur:bpmn" id="Bench" targetNamespace="urn:alur:bench">
<bpmn:process id="bench" isExecutable="true">${elements.join('')}</bpmn:process></bpmn:definitions>`
}
