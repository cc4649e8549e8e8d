import fc from 'fast-check'

/**
 * A process without blocks: tasks and gateways whose flows lead anywhere. The joins are inclusive, or complex
 * gateways that want as many tokens as `enough` says of them, with two tokens to begin with on each task.
 */
export function tangle(enough: readonly number[] | null = null): fc.Arbitrary<string> {
  const tasks = 4
  const joins = 3
  const anywhere = fc.nat(tasks + joins)
  return fc
    .record({
      begun: fc.uniqueArray(fc.nat(tasks - 1), { minLength: 1 }),
      tasks: fc.array(anywhere, { minLength: tasks, maxLength: tasks }),
      late: fc.array(fc.option(fc.nat(tasks)), { minLength: tasks, maxLength: tasks }),
      joins: fc.array(fc.uniqueArray(fc.nat(tasks), { minLength: 1, maxLength: 2 }), {
        minLength: joins,
        maxLength: joins
      })
    })
    .map(shape => {
      const name = (n: number) =>
        n < tasks ? `Task_${n}` : n === tasks ? 'End' : `Join_${n - tasks - 1}`
      let flows = 0
      let xml =
        '<bpmn:startEvent id="Start" /><bpmn:parallelGateway id="Fork" /><bpmn:endEvent id="End" />'
      const flow = (source: string, target: string, condition = '') => {
        xml += `<bpmn:sequenceFlow id="f${++flows}" sourceRef="${source}" targetRef="${target}">${condition}</bpmn:sequenceFlow>`
      }
      flow('Start', 'Fork')
      const reached = [...shape.tasks, ...shape.late, ...shape.joins.flat()]
      for (let n = 0; n <= tasks + joins; n++) {
        if (shape.begun.includes(n) || n === tasks || !reached.includes(n)) flow('Fork', name(n))
      }
      for (const n of enough === null ? [] : shape.begun) flow('Fork', name(n))
      shape.tasks.forEach((target, n) => {
        xml += `<bpmn:userTask id="Task_${n}" />`
        flow(`Task_${n}`, name(target))
      })
      shape.late.forEach((target, n) => {
        if (target === null) return
        xml += `<bpmn:boundaryEvent id="Late_${n}" attachedToRef="Task_${n}"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`
        flow(`Late_${n}`, name(target))
      })
      shape.joins.forEach((targets, n) => {
        if (enough !== null) {
          xml += `<bpmn:complexGateway id="Join_${n}"><bpmn:activationCondition xsi:type="bpmn:tFormalExpression">activationCount &gt;= ${enough[n]}</bpmn:activationCondition></bpmn:complexGateway>`
          for (const target of targets) flow(`Join_${n}`, name(target))
          return
        }
        xml += `<bpmn:inclusiveGateway id="Join_${n}" />`
        const always =
          '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">true</bpmn:conditionExpression>'
        for (const target of targets)
          flow(`Join_${n}`, name(target), targets.length > 1 ? always : '')
      })
      return xml
    })
}
