// Package amend finds what is said of a story's later life (Pedoman Pemberitaan
// Media Siber, butir 4 and 5): that it corrects or answers another, that it was
// corrected itself, that it was withdrawn; in the story, in its page and in
// schema.org's correction and creativeWorkStatus. It quotes and decides nothing:
// whose word counts, and for which story, whoever keeps them settles.
package amend
