package rights

import "warta/feed"

// Limit lowers a decision to the most that a contract has for an audience. It
// never opens anything.
func Limit(d feed.Decision, most feed.Use) feed.Decision {
	if d.Use <= most {
		return d
	}
	row := rows["partner-bound"]
	d.Reasons = append(d.Reasons[:len(d.Reasons):len(d.Reasons)], feed.Reason{Rule: row.ID, Most: most, Text: row.Text})
	if d.Whole && most == feed.Excerpt { // what may not be cut can't be an excerpt
		most = feed.Headline
	}
	d.Use, d.Whole = most, false
	if d.Use < feed.Excerpt {
		d.License = ""
	}
	// Without a permission images and files come with the text that is open.
	if d.Permission == "" || d.Use == feed.None {
		d.Images, d.Enclosures = false, false
	}
	return d
}
