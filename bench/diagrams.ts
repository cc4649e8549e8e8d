/** The workloads that engines are compared on, as BPMN that any of them reads. */
export function sequence(tasks: number): string {
  const ids = Array.from({ length: tasks }, (_, n) => `Task_${n + 1}`)
  const path = ['Start', ...ids, 'End']
  const flows = path
    .slice(1)
    .map((id, n) => `<bpmn:sequenceFlow id="Flow_${n}" sourceRef="${path[n]}" targetRef="${id}"/>`)
  return definitions([
    '<bpmn:startEvent id="Start"/>',
    ...ids.map(id => `<bpmn:task id="${id}"/>`),
    '<bpmn:endEvent id="End"/>',
    ...flows
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
    ...[
      ['Start', 'Fork'],
      ['Fork', 'Left'],
      ['Fork', 'Right'],
      ['Left', 'Join'],
      ['Right', 'Join'],
      ['Join', 'End']
    ].map(
      ([from, to], n) => `<bpmn:sequenceFlow id="Flow_${n}" sourceRef="${from}" targetRef="${to}"/>`
    )
  ])
}

/** A user task, then a task and the end: one command that is worth a commit. */
export function userTasks(count: number): string {
  return sequence(count).replaceAll('bpmn:task', 'bpmn:userTask')
}

function definitions(elements: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Bench" targetNamespace="urn:alur:bench">
<bpmn:process id="bench" isExecutable="true">${elements.join('')}</bpmn:process></bpmn:definitions>`
}
