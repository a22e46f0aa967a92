package parse

// how says what the skeleton does with an element.
type how uint8

const (
	unknown how = iota
	plain       // a short string
	exact       // an identifier or address: never to be touched
	text        // a text construct (RFC 4287 section 3.1)
	hyper       // text that is HTML by definition
	date
	attrs  // says all in its attributes
	person // RFC 4287 section 3.2
	origin // atom:source
	group  // children are elements of the same vocabulary
	tree3  // an extension: element, attributes, children
)

// once marks elements of which the first that says anything counts.
const once how = 0x80

// atomWords are the elements of Atom 1.0 (RFC 4287) and 0.3 that gofeed sorts.
var atomWords = map[string]how{
	"title": text | once, "id": exact | once, "updated": date, "modified": date,
	"published": date, "issued": date,
	"summary": text | once, "content": text | once, "rights": text | once, "copyright": text | once,
	"subtitle": text | once, "tagline": text | once, "generator": plain | once, "icon": exact | once, "logo": exact | once,
	"link": attrs, "category": attrs, "author": person, "contributor": person, "source": origin | once,
}

// rssWords are the elements of every RSS that gofeed sorts.
var rssWords = map[string]how{
	"title": text | once, "link": exact, "description": hyper | once, "guid": exact | once,
	"pubdate": date, "lastbuilddate": date, "author": plain, "comments": exact | once,
	"category": plain, "enclosure": attrs, "source": plain | once,
	"language": plain | once, "copyright": text | once, "managingeditor": plain | once, "webmaster": plain | once,
	"generator": plain | once, "docs": exact | once, "ttl": plain | once, "rating": plain | once,
	"image": group | once, "textinput": group | once, "skiphours": group | once, "skipdays": group | once,
	"url": exact, "width": plain, "height": plain, "hour": plain, "day": plain,
}

// keptWords are the elements of a head that say all in one value. There is
// nothing to sort in them, so gofeed, which reads each by reflection, is spared
// them: they would be most of what an unchanged document costs.
var keptWords = map[string]bool{
	"title": true, "description": true, "language": true, "copyright": true, "managingeditor": true, "webmaster": true,
	"pubdate": true, "lastbuilddate": true, "generator": true, "docs": true, "ttl": true, "rating": true,
	"id": true, "subtitle": true, "tagline": true, "rights": true, "updated": true, "modified": true, "icon": true, "logo": true,
}

// extensionWords are the elements of other vocabularies that we read, by
// canonical prefix. A prefix alone stands for all of its elements.
var extensionWords = map[string]how{
	"content:encoded": hyper, "xhtml:body": text, "xhtml:div": text,
	"dc": tree3, "dcterms": tree3, "media": tree3, "itunes": tree3, "podcast": tree3,
	"georss": tree3, "geo": tree3, "gml": tree3, "icbm": tree3, "thr": tree3, "fh": tree3, "at": tree3, "app": tree3,
	"admin": tree3, "cc": tree3, "creativeCommons": tree3, "access": tree3, "rsl": tree3, "tdm": tree3, "odrl": tree3,
	"sy": tree3, "wfw": tree3, "feedburner": tree3, "slash": tree3, "prism": tree3, "w": tree3, "warta": tree3,
}

// longWords are extension elements whose text is a text construct.
var longWords = map[string]how{
	"dc:description": hyper, "dc:title": text, "dc:rights": text, "dcterms:rights": text, "dcterms:abstract": hyper,
	"feedburner:browserfriendly": text,
	"itunes:summary":             text, "itunes:subtitle": text, "itunes:title": text,
	"media:description": text, "media:title": text, "media:copyright": text, "media:text": text,
}
