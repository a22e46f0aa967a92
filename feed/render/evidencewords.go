package render

import (
	"warta/feed"
	"warta/sources"
)

// kindWords say what a piece of evidence is, in Indonesian and English. A test
// holds them to the kinds there are.
var kindWords = map[sources.EvidenceKind][2]string{
	sources.Copyright:        {"pernyataan hak cipta", "copyright statement"},
	sources.NoCopy:           {"larangan mengutip atau menyalin", "copying forbidden"},
	sources.QuoteWithSource:  {"boleh dikutip dengan menyebut sumber", "may be quoted with its source"},
	sources.Licence:          {"lisensi", "licence"},
	sources.LicenceNone:      {"lisensi tidak dinyatakan", "no licence stated"},
	sources.AccessDenied:     {"akses ditolak", "access denied"},
	sources.SharingDenied:    {"larangan membagikan", "sharing forbidden"},
	sources.RSLProhibits:     {"larangan menurut RSL", "prohibited by RSL"},
	sources.RSLTerms:         {"syarat menurut RSL", "terms in RSL"},
	sources.NoSnippet:        {"tanpa cuplikan", "no snippet"},
	sources.MaxSnippet:       {"batas panjang cuplikan", "longest snippet"},
	sources.NoIndex:          {"tidak untuk diindeks", "not to be indexed"},
	sources.NoArchive:        {"tidak untuk diarsipkan", "not to be archived"},
	sources.NoImage:          {"tanpa gambar", "no images"},
	sources.Paywall:          {"konten berbayar", "paid content"},
	sources.TDMReserved:      {"hak penambangan teks dan data", "text and data mining"},
	sources.ODRLPolicy:       {"kebijakan untuk mesin (ODRL)", "policy for machines (ODRL)"},
	sources.UnavailableAfter: {"tidak tersedia setelah suatu waktu", "unavailable after a time"},
	sources.Embargo:          {"embargo", "embargo"},
	sources.Withdrawn:        {"berita dicabut", "story withdrawn"},
	sources.OperatorUse:      {"keputusan pengelola", "the operator’s decision"},
	sources.Unclear:          {"tidak jelas maksudnya", "unclear"},
}

// kind names a kind of evidence.
func (w *pageWords) kind(k sources.EvidenceKind) string { return EvidenceName(k, w.Lang) }

// EvidenceName is what people call a kind of evidence.
func EvidenceName(k sources.EvidenceKind, language string) string {
	n := kindWords[k]
	if language == "id" {
		return first(n[0], string(k))
	}
	return first(n[1], string(k))
}

// place says where evidence stands.
func (w *pageWords) place(where string) string { return feed.Whereabouts(where, w.Lang) }
