package parse

// Limits bounds what one document may hold. A zero field means its default.
// Beyond a bound the document is refused with the offset where it happened:
// no feed of news comes near any of them.
type Limits struct {
	Body       int // bytes, after decompression and conversion to UTF-8
	Entries    int
	Elements   int // within one entry
	Depth      int // elements, or JSON values, within one another
	Namespaces int // declarations in scope at one place
	Attributes int // of one element
	Bases      int // xml:base within xml:base
	Text       int // bytes of one value
	Head       int // bytes of everything that is not an entry
	Entities   int // bytes that entities of the document's own DTD may add
}

func (l Limits) withDefaults() Limits {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.Body, 24<<20)
	def(&l.Entries, 5000)
	def(&l.Elements, 2000)
	def(&l.Depth, 128)
	def(&l.Namespaces, 128)
	def(&l.Attributes, 256)
	def(&l.Bases, 16)
	def(&l.Text, 4<<20)
	def(&l.Head, 4<<20)
	def(&l.Entities, 1<<20)
	return l
}
