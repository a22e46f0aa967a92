// Package prose makes the words of stories and pages ready to be searched: it
// cuts markup into paragraphs of plain text, undoes the spacing and hidden
// characters by which words are kept from being found, and says in one pass
// which stems a text holds, so that patterns are tried only where they can
// match. It knows no word of any language: evidence and amend do.
package prose
