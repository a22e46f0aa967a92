package store

import (
	"time"

	"warta/feed"
	"warta/sources"
)

// meta is the JSON of everything about an entry that has no column of its
// own. Stored entries outlive programs: a name here never changes its
// meaning, and the nouns inside keep the names of their fields.
type meta struct {
	Summary      text                 `json:"summary,omitzero"`
	Content      text                 `json:"content,omitzero"`
	Excerpt      string               `json:"excerpt,omitempty"`
	Language     string               `json:"language,omitempty"`
	Published    time.Time            `json:"published,omitzero"`
	Updated      time.Time            `json:"updated,omitzero"`
	Edited       time.Time            `json:"edited,omitzero"`
	Authors      []person             `json:"authors,omitempty"`
	Contributors []person             `json:"contributors,omitempty"`
	Credit       string               `json:"credit,omitempty"`
	Agency       string               `json:"agency,omitempty"`
	Dateline     string               `json:"dateline,omitempty"`
	URL          string               `json:"url,omitempty"`
	GUID         string               `json:"guid,omitempty"`
	IsPermaLink  bool                 `json:"permalink,omitempty"`
	IDFrom       sources.IDFrom       `json:"id_from,omitempty"`
	Outlet       *outlet              `json:"outlet,omitempty"`
	Origin       *origin              `json:"origin,omitempty"`
	Provenance   []sources.Provenance `json:"provenance,omitempty"`
	Via          []feed.Hop           `json:"via,omitempty"`
	Statements   []statement          `json:"statements,omitempty"`
	Licenses     []string             `json:"licenses,omitempty"`
	Holder       string               `json:"holder,omitempty"`
	Categories   []sources.Category   `json:"categories,omitempty"`
	Image        *sources.Image       `json:"image,omitempty"`
	Media        []sources.Image      `json:"media,omitempty"`
	Enclosures   []sources.Enclosure  `json:"enclosures,omitempty"`
	Points       []sources.Point      `json:"points,omitempty"`
	Shapes       []sources.Shape      `json:"shapes,omitempty"`
	InReplyTo    []sources.Reply      `json:"in_reply_to,omitempty"`
	Regions      []string             `json:"regions,omitempty"`
	Advertorial  bool                 `json:"advertorial,omitempty"`
	Evidence     []sources.Evidence   `json:"evidence,omitempty"`
	Removed      []sources.Removal    `json:"removed,omitempty"`
	Notice       *feed.Notice         `json:"notice,omitempty"`
}

// text is a text construct without its value, which has a column.
type text struct {
	Type     string `json:"type,omitempty"`
	Language string `json:"language,omitempty"`
	Base     string `json:"base,omitempty"`
	Src      string `json:"src,omitempty"`
}

// person has all of a sources.Person, whose own JSON is for readers.
type person struct {
	Name         string `json:"name"`
	Role         string `json:"role,omitempty"`
	Email        string `json:"email,omitempty"`
	URL          string `json:"url,omitempty"`
	Raw          string `json:"raw,omitempty"`
	Organization bool   `json:"organization,omitempty"`
}

// statement has all of a sources.Statement.
type statement struct {
	Text     string `json:"text"`
	Where    string `json:"where,omitempty"`
	Type     string `json:"type,omitempty"`
	Language string `json:"language,omitempty"`
	Base     string `json:"base,omitempty"`
}

type outlet struct {
	ID       string    `json:"id,omitempty"`
	Title    string    `json:"title,omitempty"`
	URL      string    `json:"url,omitempty"`
	FeedURL  string    `json:"feed_url,omitempty"`
	Rights   string    `json:"rights,omitempty"`
	Licenses []string  `json:"licenses,omitempty"`
	Language string    `json:"language,omitempty"`
	Updated  time.Time `json:"updated,omitzero"`
	Authors  []person  `json:"authors,omitempty"`
}

type origin struct {
	ID       string       `json:"id,omitempty"`
	Title    string       `json:"title,omitempty"`
	URL      string       `json:"url,omitempty"`
	FeedURL  string       `json:"feed_url,omitempty"`
	Rights   string       `json:"rights,omitempty"`
	Licenses []string     `json:"licenses,omitempty"`
	Language string       `json:"language,omitempty"`
	Updated  sources.Date `json:"updated,omitzero"`
	Authors  []person     `json:"authors,omitempty"`
}
