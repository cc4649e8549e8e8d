import { unfinishedIn } from '../../engine/compile/unfinished.ts'
import { InvalidData } from '../../engine/errors.ts'
import { DIAGRAM_LIMITS } from '../../runtime/bpmn.ts'
import { checkDiagram } from '../../runtime/gate.ts'
import { saveDiagram } from '../../runtime/saving.ts'
import type { Access } from '../access.ts'
import type { DiagramCheckView } from '../schemas.ts'
import type { Deps, Services } from '../services.ts'

type DiagramServices = Pick<Services, 'checkDiagram' | 'saveDiagram'>

/** What those who draw procedures ask about a diagram; nothing of it is kept. */
export function diagramServices(
  { diagrams: limits = DIAGRAM_LIMITS }: Deps,
  access: Access
): DiagramServices {
  const check = async (file: string, xml: string): Promise<DiagramCheckView> => {
    try {
      const { graphs, warnings } = await checkDiagram(xml, file, limits)
      const processes = graphs.map(({ id, name }) => ({ id, name }))
      const open = graphs.flatMap(unfinishedIn).map(({ path, message }) => ({
        path: `${file}#${path}`,
        message,
        severity: 'error' as const
      }))
      return { deployable: open.length === 0, processes, findings: [...open, ...warnings] }
    } catch (error) {
      if (!(error instanceof InvalidData)) throw error
      const findings = error.problems.map(each => ({ ...each, severity: 'error' as const }))
      return { deployable: false, processes: [], findings }
    }
  }
  return {
    async checkDiagram(actor, { file, xml }) {
      access.unitOf(actor)
      return check(file, xml)
    },
    async saveDiagram(actor, { file, original, changed, deleted }) {
      access.unitOf(actor)
      const saved = await saveDiagram(original, changed, file, { deleted, limits })
      return { ...saved, check: await check(file, saved.xml) }
    }
  }
}
