import { InvalidData } from '../engine/errors.ts'
import { BadOption } from './options.ts'

/** A command of `npx alur`; gives the exit code. */
export type CommandLine = (args: readonly string[]) => Promise<number>

/** A call whose words are off: shown with the usage, exit code 2. */
export class UsageError extends Error {}

const USAGE = `npx alur <command>

  check [folder]              checks every diagram, form, rule, case and template: each problem with file and place,
                              and says what the example cases take of each diagram
      --reviews               lists what the rules leave unknown and what must be looked at again
      --coverage FOLDER       paints that on the diagrams: an HTML page for each process
  run <file.bpmn> [options]   plays a diagram and prints the trace
      --variables JSON|@file  what the instance starts with
      --moves JSON|@file      a list of moves, in order:
                                {"complete":"Task","variables":{},"by":"ani"}     a user or manual task
                                {"job":"Task","result":{}}  {"failJob":"Task","because":"…"}  {"throwError":"Task","code":"X"}
                                {"message":"Name","key":"k","variables":{}}  {"trigger":"Event"}
                                {"wait":"P3D"}  {"wait":"2016-01-04T09:00:00+07:00"}
                                {"decide":"Rule_Task","outcome":{}}  {"resolve":"Element"}  {"terminate":"reason"}
      --jobs JSON|@file       results of jobs by element or kind, given as soon as asked for
      --process ID            which process of the file; --with FILE (repeatable) adds called processes
      --start ELEMENT         which start event
      --now INSTANT           the clock at the start (default 2015-12-03T09:00:00+07:00)
      --case NAME             plays an example of the <id>.cases.json beside the file, and holds it to what it expects
      --office ID             decide with the rules of this office; default: rules are moves
      --json                  one event a line as JSON, then the last state
  simulate <process|file.bpmn> [options]
                              many cases in an office: throughput, waiting, how busy officers are, the bottleneck
      --instances N           how many (default 1000); --warm-up N of them are not counted
      --arrivals RATE         12/day, 3/hour or 20min, by chance; with ,evenly at equal distances
      --officers ROLE=N,…     how many have a role;  --hours mon-thu=08:00-12:00+13:00-16:00,fri=…  or always
      --spread KIND           triangular (default), constant, exponential, lognormal: around the standard times
      --office ID  --from YYYY-MM-DD  --seed TEXT   the same seed gives the same figures
      --scenario FILE         what is assumed; default: <process>.simulation.json beside the diagram
      --json                  figures for machines;  --html FILE  a page with charts
  decide <table|parameter> --office ID --date YYYY-MM-DD [--facts JSON|@file] [--json]
                              the outcome, with the reasons
  rules check [folder]        checks a folder of rules alone: its sense, its cases, gaps and overlaps of its tables
  rules resolve KEY --office ID --date YYYY-MM-DD [--folder rules] [--json]
                              what holds, and what every level said
  rules diff BEFORE AFTER     how two folders of rules differ, by meaning
  rules propose KEY --office ID
                              cases at the bounds of a table or parameter, ready to paste
  rules replay [--data FOLDER] [--json]
                              makes every decision of a data folder again by the release that it recorded
  rules export UNIT --out FOLDER
                              an office or a region with what it has published, as a folder that can be reviewed
  rules import FOLDER --unit UNIT --by NAME --title "…" --reason "…" [--dry-run]
                              what was changed in such a folder becomes a change set, checked, measured and submitted
  rules changes | show ID | draft FILE | impact ID | publish ID | revert ID --by NAME [--json]
                              changes of local law in the data folder; the password is read from standard input
      --days N                how many days back decisions are made again for the impact (default 365)
      publish                 is the approval of the second person; revert needs --from YYYY-MM-DD and --reason "…"
  save <original.bpmn> <changed.bpmn> [--out FILE] [--delete PATH]
                              writes a changed diagram into the text of its original, so that nothing is lost that the
                              editor cannot hold; what would be lost is listed, and deleted only by --delete (repeatable)
  instance <verb> --by NAME --reason "…" [--dry-run] [--batch ID] [--json]
                              what operators do to cases in the data folder; the password is read from standard input,
                              and --dry-run only says what would happen to each
      suspend | resume | terminate | retry | skip | move | add | remove | set | restart | migrate | revert | delete
      --instance ID           which cases (repeatable), or all that fit --office, --process, --version, --status,
                              --at ELEMENT where a token rests, --incident CODE or any
      --element ID            where; --to ELEMENT to where; --via FLOW by which flow it arrives at a join
      --variables JSON|@file  what is stated with it
      --pauses REASON         of suspend: the service clock stands still: outage, other-level, payment or applicant
      --plan JSON|@file       of migrate: where each element goes; revert takes the last migration back
      --batch ID              the same again goes on with it, also after a crash
  instance plan --process ID [--version N] [--to N]
                              proposes a plan between two versions; what goes nowhere and what is new is listed
  person add <sign-in name> --name "…" --unit kanim-tju --roles counter,operator [--nip 18 digits]
                              someone who may sign in; the password is read from standard input`

/** Each is read when it is asked for: most of the program is not needed to say a usage. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandLine>>> = {
  check: async () => (await import('./check.ts')).check,
  run: async () => (await import('./run.ts')).play,
  simulate: async () => (await import('./simulate.ts')).simulate,
  decide: async () => (await import('./decide.ts')).decide,
  person: async () => (await import('./person.ts')).person,
  instance: async () => (await import('./instance.ts')).instance,
  rules: async () => (await import('./rules/command.ts')).rules,
  save: async () => (await import('./save.ts')).save
}

/** Runs a command line. 0: it went well; 1: it found problems; 2: it was not understood. */
export const main: CommandLine = async ([name, ...args]) => {
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name ?? ''] : undefined
  if (command === undefined) {
    console.log(USAGE)
    const asked = name === undefined || name === '--help' || name === 'help'
    if (!asked) console.error(`\nalur: there is no command <${name}>`)
    return asked ? 0 : 2
  }
  if (args.includes('--help')) {
    console.log(usageOf(name as string))
    return 0
  }
  try {
    return await (await command())(args)
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`alur ${name}: ${error.message}\n\n${usageOf(name as string)}`)
      return 2
    }
    if (error instanceof BadOption) {
      console.error(`alur ${name}: ${error.message}`)
      return 2
    }
    if (error instanceof InvalidData) {
      for (const { path, message } of error.problems) console.error(`${path}: ${message}`)
      console.error(counted(error.problems.length))
      return 1
    }
    throw error
  }
}

/** `1 problem`, `2 problems`. */
export function counted(problems: number): string {
  return `${problems} problem${problems === 1 ? '' : 's'}`
}

/** The lines of the usage that are about one command. */
function usageOf(name: string): string {
  const about: string[] = []
  let own = false
  for (const line of USAGE.split('\n')) {
    const [, starts] = /^ {2}(\w+)/.exec(line) ?? []
    if (starts !== undefined) own = starts === name
    if (own) about.push(line)
  }
  return `npx alur\n${about.join('\n')}`
}
