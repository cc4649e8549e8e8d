import { shortEnough } from '../operators.ts'
import { takes, tests } from '../signature.ts'
import { fail, toText } from '../values.ts'

/** The conversion and string functions of DMN. */
export const textFunctions = {
  string: takes(['from: any'], (node, from) =>
    from === null ? fail(node, 'to be given a value', from) : toText(from, node)
  ),
  number: takes(
    ['from: text', 'grouping separator: text?', 'decimal separator: text?'],
    (node, from, grouping, decimal) => {
      let digits = from
      if (grouping) digits = digits.split(grouping).join('')
      if (decimal) digits = digits.split('.').join('#').split(decimal).join('.')
      return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(digits)
        ? Number(digits) + 0
        : fail(node, 'to be given a number as text', from)
    }
  ),
  substring: takes(
    ['string: text', 'start position: number', 'length: number?'],
    (node, string, start, length) => {
      const characters = Array.from(string)
      const from = start < 0 ? characters.length + start : start - 1
      if (!Number.isInteger(start) || start === 0 || from < 0) {
        return fail(node, 'to be given a position in the text', start)
      }
      if (length === undefined) return characters.slice(from).join('')
      if (!Number.isInteger(length) || length < 0) {
        return fail(node, 'to be given a whole length', length)
      }
      return characters.slice(from, from + length).join('')
    }
  ),
  'string length': takes(['string: text'], (_node, string) => Array.from(string).length),
  'upper case': takes(['string: text'], (_node, string) => string.toUpperCase()),
  'lower case': takes(['string: text'], (_node, string) => string.toLowerCase()),
  'substring before': takes(['string: text', 'match: text'], (_node, string, match) => {
    const index = string.indexOf(match)
    return index === -1 ? '' : string.slice(0, index)
  }),
  'substring after': takes(['string: text', 'match: text'], (_node, string, match) => {
    const index = string.indexOf(match)
    return index === -1 ? '' : string.slice(index + match.length)
  }),
  contains: tests(['string: text', 'match: text'], (_node, string, match) =>
    string.includes(match)
  ),
  'starts with': tests(['string: text', 'match: text'], (_node, string, match) =>
    string.startsWith(match)
  ),
  'ends with': tests(['string: text', 'match: text'], (_node, string, match) =>
    string.endsWith(match)
  ),
  // DMN takes the delimiter for a pattern; here it is a text, and one that reads as a pattern is refused
  split: takes(['string: text', 'delimiter: text'], (node, string, delimiter) =>
    delimiter === '' || /[\\^$.*+?()[\]{}|]/.test(delimiter)
      ? fail(node, 'to be given a delimiter without signs of a pattern', delimiter)
      : string.split(delimiter)
  ),
  'string join': takes(['list: list', 'delimiter: text?'], (node, list, delimiter = '') => {
    const texts = list.filter(item => item !== null)
    let length = 0
    for (const item of texts) {
      if (typeof item !== 'string') return fail(node, 'to be given texts', item)
      length += item.length + delimiter.length
    }
    shortEnough(length, node)
    return texts.join(delimiter)
  }),
  not: tests(['negand: boolean'], (_node, negand) => !negand)
}
