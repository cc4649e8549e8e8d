/** The part of bpmn-moddle that is used: it parses BPMN 2.0 XML into a tree without types of its own. */
declare module 'bpmn-moddle' {
  export interface ParseWarning {
    readonly message: string
    /** Set, with the property and the id that it names, when a reference leads nowhere. */
    readonly element?: Record<string, unknown> & { readonly $type: string }
    readonly property?: string
    readonly value?: string
  }
  export interface ParseResult {
    readonly rootElement: {
      readonly targetNamespace?: string
      readonly $attrs: Record<string, string>
    }
    readonly elementsById: Readonly<Record<string, object>>
    readonly warnings: readonly ParseWarning[]
  }
  export class BpmnModdle {
    /** Rejects with an error that may carry the `warnings` collected before it. */
    fromXML(xml: string, typeName?: string): Promise<ParseResult>
  }
}
