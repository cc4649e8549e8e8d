/** The part of bpmn-moddle that is used: it parses BPMN 2.0 XML into a tree without types of its own. */
declare module 'bpmn-moddle' {
  export interface ParseWarning {
    readonly message: string
  }
  export interface ParseResult {
    readonly rootElement: unknown
    readonly warnings: readonly ParseWarning[]
  }
  export class BpmnModdle {
    /** Rejects with an error that may carry the `warnings` collected before it. */
    fromXML(xml: string, typeName?: string): Promise<ParseResult>
  }
}
