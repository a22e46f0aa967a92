// Package schemaorg reads what a page's JSON-LD scripts say of its articles
// (schema.org NewsArticle, JSON-LD 1.1), as content systems write it: not well
// formed, nested, with or without prefixes. It bounds what it reads and judges
// nothing; evidence and amend look at the members.
package schemaorg
