/** A deliberate fault: a piece of the source, which must stand in the file once, and what takes its place. */
export interface Mutant {
  readonly what: string
  readonly file: string
  readonly from: string
  readonly to: string
  /** The tests of `test/behaviors` that must notice. */
  readonly tests: readonly string[]
}

const behavior = (name: string) => `engine/behaviors/${name}.ts`
const event = (name: string) => `engine/event-definitions/${name}.ts`

export const MUTANTS: readonly Mutant[] = [
  // gateways
  {
    what: 'an exclusive gateway takes its default flow like any other',
    file: behavior('exclusive-gateway'),
    from: 'if (id === node.defaultFlow) return false',
    to: 'if (id === node.defaultFlow) return true',
    tests: ['exclusive-gateway']
  },
  {
    what: 'an exclusive gateway without a way out ends its token in silence',
    file: behavior('exclusive-gateway'),
    from: 'if (flow === null && node.outgoing.length > 0) {',
    to: 'if (flow === null && node.outgoing.length < 0) {',
    tests: ['exclusive-gateway']
  },
  {
    what: 'a parallel join waits for some flow instead of every one',
    file: behavior('parallel-gateway'),
    from: 'if (!arrived.every(',
    to: 'if (!arrived.some(',
    tests: ['parallel-gateway']
  },
  {
    what: 'a parallel join consumes the tokens of every scope',
    file: behavior('parallel-gateway'),
    from: '.tokensIn(token.scope)',
    to: '.tokensIn(null)',
    tests: ['parallel-gateway', 'sub-process', 'multi-instance']
  },
  {
    what: 'a parallel join leaves the tokens that it joined',
    file: behavior('parallel-gateway'),
    from: 'if (other.id !== token.id) run.consume(other)',
    to: 'if (other.id === token.id) continue',
    tests: ['parallel-gateway']
  },
  {
    what: 'an inclusive join goes on with its first token',
    file: behavior('inclusive-gateway'),
    from: 'if (node.incoming.length > 1) return',
    to: 'if (node.incoming.length > 9) return',
    tests: ['inclusive-gateway']
  },
  {
    what: 'an inclusive join forgets the second half of 13.4.3',
    file: 'engine/inclusive-join.ts',
    from: '!reaches(at, true)',
    to: 'true',
    tests: ['inclusive-gateway']
  },
  {
    what: 'an inclusive join does not see tokens that are on their way',
    file: 'engine/inclusive-join.ts',
    from: 'if (arrivals.some(({ at }) => at === node.id)) return false',
    to: '',
    tests: ['inclusive-gateway']
  },
  {
    what: 'an inclusive join does not see that a token may leave by a boundary event',
    file: 'engine/inclusive-join.ts',
    from: "if (node.type === 'boundaryEvent') open.push(node.attachedTo)",
    to: '',
    tests: ['inclusive-gateway']
  },
  {
    what: 'an inclusive split takes the default flow as well',
    file: 'engine/ledger.ts',
    from: 'if (id === defaultFlow) return false',
    to: 'if (id === defaultFlow) return true',
    tests: ['inclusive-gateway', 'conditional-flows']
  },
  {
    what: 'the branches that an event-based gateway did not take stay open',
    file: 'engine/trigger.ts',
    from: "run.leave(token, { type: 'elementCompleted', token: token.id, element: gateway.id, by: null })\n  run.send(element, token.scope, { via, payload, happened: true })",
    to: 'run.send(element, token.scope, { via, payload, happened: true })',
    tests: ['event-based-gateway']
  },
  {
    what: 'a complex gateway does not wait for its reset',
    file: 'engine/complex-join.ts',
    from: 'if (expectsMore(run.graphIn(first.scope), node, filled, places)) return false',
    to: '',
    tests: ['complex-gateway']
  },
  {
    what: 'a complex gateway takes flows without a condition at its reset too',
    file: 'engine/complex-join.ts',
    from: 'if (condition === null) return waitingForStart',
    to: 'if (condition === null) return true',
    tests: ['complex-gateway']
  },
  {
    what: 'a complex gateway consumes a second token of a flow with the first',
    file: 'engine/complex-join.ts',
    from: 'for (const token of firstOfEach(waiting)) run.wait(token',
    to: 'for (const token of waiting) run.wait(token',
    tests: ['complex-gateway']
  },
  {
    what: 'a parallel gateway that instantiates forgets the other events',
    file: 'engine/instantiating.ts',
    from: "if (group.type === 'eventBasedGateway' && group.parallel) {",
    to: "if (group.type === 'eventBasedGateway' && !group.parallel) {",
    tests: ['instantiation']
  },
  {
    what: 'a conversation waits for no other of its groups',
    file: 'engine/instantiating.ts',
    from: "if (other !== group && other.type !== 'startEvent') run.send(other.id, null)",
    to: '',
    tests: ['instantiation']
  },
  {
    what: 'a process is begun without an event by what only an event begins',
    file: 'engine/instantiating.ts',
    from: "return node.type === 'startEvent' ? node.on.kind === 'none' : !instantiates(node)",
    to: "return node.type === 'startEvent' ? node.on.kind === 'none' : true",
    tests: ['instantiation']
  },
  {
    what: 'a cron makes up for the times that were missed',
    file: event('timer'),
    from: 'const from = early ? last.dueAt : now',
    to: 'const from = last.dueAt',
    tests: ['timer']
  },
  {
    what: 'a cron comes on days on which the office does not work',
    file: 'engine/reckoning.ts',
    from: 'working: workingDays ? calendar : null',
    to: 'working: workingDays ? null : null',
    tests: ['timer']
  },
  {
    what: 'a due date stays when the calendar that gave it has changed',
    file: 'engine/reckoning.ts',
    from: 'const due = isOld(wait.dueBy) ?',
    to: 'const due = isOld(undefined) ?',
    tests: ['new-calendar']
  },
  // events
  {
    what: 'a terminate end event ends its own token only',
    file: behavior('end-event'),
    from: 'return run.closeScope(token.scope)',
    to: 'return run.closeWhenEmpty(token.scope)',
    tests: ['end-event']
  },
  {
    what: 'an error end event completes as if nothing were wrong',
    file: behavior('end-event'),
    from: "return throwError(run, token, on.code ?? '', data)",
    to: 'return run.complete(token, [], data === null ? null : null)',
    tests: ['end-event', 'error']
  },
  {
    what: 'an error is caught by any code',
    file: event('catching'),
    from: 'each.kind === kind && each.code === wanted',
    to: 'each.kind === kind',
    tests: ['error', 'boundary-event', 'end-event']
  },
  {
    what: 'an error does not end the activity that it is caught on',
    file: event('error'),
    from: 'run.terminate(catcher.host)',
    to: '',
    tests: ['error', 'boundary-event', 'end-event']
  },
  {
    what: 'an interrupting event sub-process leaves its scope running',
    file: event('error'),
    from: 'run.terminateInside(scope, but)',
    to: '',
    tests: ['event-sub-process']
  },
  {
    what: 'a caught escalation always interrupts',
    file: event('escalation'),
    from: 'if (catcher.event.interrupting) run.terminate',
    to: 'run.terminate',
    tests: ['escalation']
  },
  {
    what: 'a signal stays inside its instance',
    file: event('signal'),
    from: 'run.broadcast(token, name, variables)',
    to: '',
    tests: ['signal']
  },
  {
    what: 'a signal reaches one who waits for it only',
    file: event('signal'),
    from: 'happened += 1',
    to: 'return 1',
    tests: ['signal']
  },
  {
    what: 'a conditional event happens when its condition no longer holds',
    file: event('conditional'),
    from: 'if (met) due.push(open)',
    to: 'if (!met) due.push(open)',
    tests: ['conditional']
  },
  {
    what: 'a cycle is never over',
    file: event('timer'),
    from: 'if (last.repeats !== null && last.repeats <= 1) return null',
    to: '',
    tests: ['boundary-event', 'timer']
  },
  {
    what: 'a cycle drifts with the moment at which it went off',
    file: event('timer'),
    from: 'later(office, last.dueAt, last.cycle',
    to: 'later(office, now, last.cycle',
    tests: ['boundary-event', 'timer']
  },
  {
    what: 'a timer does not know working days',
    file: 'engine/reckoning.ts',
    from: 'if (!workingDays) return { at',
    to: 'if (workingDays) return { at',
    tests: ['boundary-event', 'timer', 'intermediate-catch-event']
  },
  {
    what: 'an interrupting boundary event leaves its activity running',
    file: 'engine/trigger.ts',
    from: 'if (boundary.interrupting) run.terminate(host)',
    to: '',
    tests: ['boundary-event']
  },
  {
    what: 'a boundary event that does not interrupt does',
    file: 'engine/trigger.ts',
    from: 'if (boundary.interrupting) run.terminate(host)',
    to: 'run.terminate(host)',
    tests: ['boundary-event']
  },
  {
    what: 'a parallel multiple event happens with its first definition',
    file: event('multiple'),
    from: 'if (!others) return',
    to: 'if (others) return',
    tests: ['multiple']
  },
  // activities
  {
    what: 'a sub-process does not open its event sub-processes',
    file: behavior('sub-process'),
    from: 'openEventSubProcesses(run, node.eventSubProcesses, token.id)\n    run.startScope',
    to: 'run.startScope',
    tests: ['event-sub-process']
  },
  {
    what: 'a sub-process ends with the first token that ends in it',
    file: 'engine/run.ts',
    from: 'if ((this.#inside.get(scope) ?? 0) > 0) return',
    to: '',
    tests: ['sub-process', 'parallel-gateway', 'end-event']
  },
  {
    what: 'a called process sees the variables of its caller',
    file: 'engine/ledger.ts',
    from: 'if (token.called !== null) return this.#given(name, token.called.process)',
    to: '',
    tests: ['call-activity']
  },
  {
    what: 'calls may go round in a circle',
    file: behavior('call-activity'),
    from: 'run.callsAround(token.scope) >= run.limits.calls',
    to: 'run.callsAround(token.scope) >= run.limits.calls + 9',
    tests: ['call-activity']
  },
  {
    what: 'a script task keeps its result to itself',
    file: behavior('script-task'),
    from: '{ [node.result]: value }',
    to: '{}',
    tests: ['script-task']
  },
  {
    what: 'a rule is given all variables instead of its in-mappings',
    file: behavior('business-rule-task'),
    from: 'facts: run.inputOf(node, token)',
    to: 'facts: run.state.variables',
    tests: ['business-rule-task']
  },
  {
    what: 'a task may be done by whoever did another one',
    file: 'engine/people.ts',
    from: 'if (same === undefined) return null',
    to: 'if (same !== null) return null',
    tests: ['separation-of-duties', 'user-task']
  },
  {
    what: 'only the latest performer of a task counts',
    file: 'engine/performers.ts',
    from: 'const all = [...before.filter(id => !persons.includes(id)), ...persons]',
    to: 'const all = before.length < 0 ? before : [...persons]',
    tests: ['separation-of-duties']
  },
  {
    what: 'whoever a deputy stands in for does not count',
    file: 'engine/people.ts',
    from: 'return [onBehalfOf, owner].filter(each => each !== null)',
    to: 'return [owner].filter(each => each !== null)',
    tests: ['task-claim']
  },
  {
    what: 'a task that somebody has is completed by anybody',
    file: 'engine/people.ts',
    from: 'if (assignee === undefined || assignee.id === actor.id) return true',
    to: 'if (assignee !== null) return true',
    tests: ['task-claim']
  },
  {
    what: 'tasks of one id in two processes are one task',
    file: 'engine/people.ts',
    from: 'const process = at < 0 ? graph.id : name.slice(0, at)',
    to: "const process = at < 0 ? (Object.keys(performers)[0] ?? '') : name.slice(0, at)",
    tests: ['separation-of-duties']
  },
  {
    what: 'instances of a parallel activity run one after another',
    file: 'engine/multi-instance.ts',
    from: 'loop.sequential ? Math.min(1, total) : total',
    to: 'Math.min(1, total)',
    tests: ['multi-instance']
  },
  {
    what: 'the results of instances are collected in the order in which they come',
    file: 'engine/apply.ts',
    from: 'before.with(event.index, event.output)',
    to: 'before.with(token.loop.completed, event.output)',
    tests: ['multi-instance']
  },
  {
    what: 'a completion condition leaves the other instances running',
    file: 'engine/multi-instance.ts',
    from: 'run.terminateInside(body)',
    to: 'void 0',
    tests: ['multi-instance']
  },
  {
    what: 'a loop begins without asking',
    file: 'engine/standard-loop.ts',
    from: 'const begins = !loop.testBefore || goesOn(run, loop, body, 0)',
    to: 'const begins = true',
    tests: ['standard-loop']
  },
  {
    what: 'a loop has one iteration more than its maximum',
    file: 'engine/standard-loop.ts',
    from: 'next < loop.maximum',
    to: 'next <= loop.maximum',
    tests: ['standard-loop']
  },
  {
    what: 'one token leaves whatever the completion quantity says',
    file: 'engine/run.ts',
    from: 'return quantity === 1 ? flows',
    to: 'return quantity > 0 ? flows',
    tests: ['token-quantity']
  },
  // compensation
  {
    what: 'what was completed first is undone first',
    file: 'engine/compensation.ts',
    from: 'run.state.completions.findLast(',
    to: 'run.state.completions.find(',
    tests: ['compensation']
  },
  {
    what: 'a throw undoes every activity, whichever it names',
    file: 'engine/compensation.ts',
    from: '(activity === null || element === activity)',
    to: 'element !== null',
    tests: ['compensation']
  },
  {
    what: 'a cancelled transaction goes on as if it were completed',
    file: 'engine/compensation.ts',
    from: 'if (event !== undefined) run.send(event, host.scope)\n  else run',
    to: 'if (event === undefined) run.send(host.at, host.scope)\n  else run',
    tests: ['transaction']
  },
  {
    what: 'an ad-hoc sub-process that is sequential lets two activities run',
    file: behavior('ad-hoc-sub-process'),
    from: 'if (node.sequential && running !== undefined) {',
    to: 'if (node.sequential && running === undefined) {',
    tests: ['ad-hoc-sub-process']
  },
  {
    what: 'an ad-hoc sub-process that is over waits for what still runs',
    file: behavior('ad-hoc-sub-process'),
    from: 'if (node.cancelRemaining) run.terminateInside(token.id)',
    to: '',
    tests: ['ad-hoc-sub-process']
  },
  // the run
  {
    what: 'a new token goes before those that are ready',
    file: 'engine/run.ts',
    from: 'this.#queue.push({',
    to: 'this.#queue.splice(this.#head, 0, {',
    tests: ['parallel-gateway', 'signal']
  },
  {
    what: 'a loop without a wait state ends its token in silence',
    file: 'engine/run.ts',
    from: "this.stuck(token, new Stuck('loop', this.#cycle()), happened ? 'complete' : 'begin')",
    to: 'this.terminate(token)',
    tests: ['loop-without-wait']
  },
  {
    what: 'an ended token still waits for its events',
    file: 'engine/run.ts',
    from: 'this.unsubscribe(token.id)\n    this.emit(event)',
    to: 'this.emit(event)',
    tests: ['boundary-event', 'event-based-gateway']
  },
  {
    what: 'a condition that is null is taken for false',
    file: 'engine/ledger.ts',
    from: "if (typeof value === 'boolean') return value",
    to: "if (typeof value === 'boolean' || value === null) return value === true",
    tests: ['exclusive-gateway', 'inclusive-gateway', 'conditional-flows']
  }
]
