package main

import (
	"time"

	"warta/feed"
	"warta/sources"
)

// inspection is the contract of inspect --json; docs/inspect.schema.json
// describes it. Unknown dates are null; a list is never null.
type inspection struct {
	Feed     headView          `json:"feed"`
	Warnings []sources.Warning `json:"warnings"`
	Entries  []entryView       `json:"entries"`
}

type headView struct {
	Format   string     `json:"format"`
	Title    string     `json:"title"`
	Link     string     `json:"link"`
	FeedURL  string     `json:"feed_url"`
	Language string     `json:"language"`
	Rights   string     `json:"rights"`
	Licenses []string   `json:"licenses"`
	Updated  *time.Time `json:"updated"`
	Hubs     []string   `json:"hubs"`

	ID           string          `json:"id"`
	Subtitle     string          `json:"subtitle"`
	Authors      []personView    `json:"authors"`
	Contributors []personView    `json:"contributors"`
	Image        string          `json:"image"`
	Generator    string          `json:"generator"`
	Encoding     string          `json:"encoding"`
	Next         string          `json:"next"`
	Archive      string          `json:"archive"`
	Complete     bool            `json:"complete"`
	Links        []linkView      `json:"links"`
	Schedule     scheduleView    `json:"schedule"`
	Tombstones   []tombstoneView `json:"tombstones"`
}

type scheduleView struct {
	TTL       int      `json:"ttl"`
	Period    string   `json:"period"`
	Frequency int      `json:"frequency"`
	SkipHours []int    `json:"skip_hours"`
	SkipDays  []string `json:"skip_days"`
}

type tombstoneView struct {
	ID      string     `json:"id"`
	When    *time.Time `json:"when"`
	By      string     `json:"by"`
	Comment string     `json:"comment"`
}

type entryView struct {
	ID           string              `json:"id"`
	IDFrom       sources.IDFrom      `json:"id_from"`
	URL          string              `json:"url"`
	Title        string              `json:"title"`
	Published    *time.Time          `json:"published"`
	Updated      *time.Time          `json:"updated"`
	Language     string              `json:"language"`
	Authors      []personView        `json:"authors"`
	Contributors []personView        `json:"contributors"`
	Agency       string              `json:"agency"`
	Dateline     string              `json:"dateline"`
	Categories   []string            `json:"categories"`
	Summary      string              `json:"summary"`
	Content      string              `json:"content"`
	Excerpt      string              `json:"excerpt"`
	Image        *imageView          `json:"image"`
	Enclosures   []sources.Enclosure `json:"enclosures"`
	Source       *originView         `json:"source"`
	Rights       rightsView          `json:"rights"`
	Regions      []string            `json:"regions"`
	Advertorial  bool                `json:"advertorial"`
	Removed      []sources.Removal   `json:"removed"`
	Truncated    bool                `json:"truncated,omitempty"`

	Edited     *time.Time       `json:"edited"`
	Comments   string           `json:"comments"`
	Credit     string           `json:"credit"`
	Provenance []provenanceView `json:"provenance"`
	Tags       []tagView        `json:"tags"`
	Links      []linkView       `json:"links"`
	Media      []mediaView      `json:"media"`
	Points     []pointView      `json:"points"`
	Shapes     []shapeView      `json:"shapes"`
	InReplyTo  []replyView      `json:"in_reply_to"`
}

type linkView struct {
	Rel      string `json:"rel"`
	Href     string `json:"href"`
	Type     string `json:"type"`
	Language string `json:"language"`
	Title    string `json:"title"`
	Length   int64  `json:"length"`
}

type tagView struct {
	Term   string `json:"term"`
	Scheme string `json:"scheme"`
	Label  string `json:"label"`
}

type mediaView struct {
	URL       string `json:"url"`
	Type      string `json:"type"`
	Title     string `json:"title"`
	Caption   string `json:"caption"`
	Credit    string `json:"credit"`
	Copyright string `json:"copyright"`
	License   string `json:"license"`
	Deny      string `json:"deny"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
}

type pointView struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

type shapeView struct {
	Kind   string      `json:"kind"`
	Points []pointView `json:"points"`
}

type provenanceView struct {
	Text   string `json:"text"`
	Outlet string `json:"outlet"`
	Title  string `json:"title"`
	URL    string `json:"url"`
}

type replyView struct {
	Ref  string `json:"ref"`
	Href string `json:"href"`
}

type personView struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	Email string `json:"email"`
	URL   string `json:"url"`
}

type imageView struct {
	URL    string `json:"url"`
	Credit string `json:"credit"`
}

type originView struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	URL     string     `json:"url"`
	FeedURL string     `json:"feed_url"`
	Rights  string     `json:"rights"`
	Updated *time.Time `json:"updated"`
}

type rightsView struct {
	Statements []sources.Statement `json:"statements"`
	Licenses   []string            `json:"licenses"`
	Holder     string              `json:"holder"`
	Evidence   []evidenceView      `json:"evidence"`
	Use        feed.Use            `json:"use"`
	Why        string              `json:"why"`
}

type evidenceView struct {
	Kind  sources.EvidenceKind `json:"kind"`
	Text  string               `json:"text"`
	Where string               `json:"where"`
	Value string               `json:"value,omitempty"`
	Most  feed.Use             `json:"most"`
	At    *time.Time           `json:"at"`
	Hash  string               `json:"hash"`
}
