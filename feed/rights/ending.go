package rights

import (
	"time"

	"warta/feed"
)

// Ending picks the permissions that are in force and end so soon that the
// operator wanted to be told.
func Ending(perms []feed.Permission, now time.Time) []feed.Permission {
	var list []feed.Permission
	for i := range perms {
		if perms[i].Ending(now) {
			list = append(list, perms[i])
		}
	}
	return list
}

// Ended picks those that ended less than some time ago.
func Ended(perms []feed.Permission, now time.Time, ago time.Duration) []feed.Permission {
	var list []feed.Permission
	for i := range perms {
		if end := perms[i].Until; !end.IsZero() && perms[i].From.Before(end) && !now.Before(end) && now.Before(end.Add(ago)) {
			list = append(list, perms[i])
		}
	}
	return list
}
