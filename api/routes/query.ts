import type { Request } from 'express'

type Query = Request['query']

/** The page that a list is asked for; the validator has made `limit` a number. */
export function pageIn(query: Query): { readonly cursor?: string; readonly limit?: number } {
  const { limit } = query as { readonly limit?: unknown }
  return { ...textIn(query, 'cursor'), ...(limit === undefined ? {} : { limit: Number(limit) }) }
}

/** One text of the query, under its own name, when it is there. */
export function textIn<Name extends string>(
  query: Query,
  name: Name
): { readonly [Key in Name]?: string } {
  const value = query[name]
  return typeof value === 'string' && value !== ''
    ? ({ [name]: value } as { [Key in Name]?: string })
    : {}
}
