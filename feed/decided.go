package feed

// Decided is what was decided of an entry for everybody, for the record.
type Decided struct {
	Entry    string
	Source   string
	Decision Decision
}
