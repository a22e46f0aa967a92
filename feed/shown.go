package feed

// Shown is an entry as one audience may see it: already withheld, with the
// decision that says why.
type Shown struct {
	Entry    Entry
	Decision Decision
}
