package evidence

import "strings"

// forms are all the forms of a word that is written down in one.
func forms(key, word string) []string {
	switch key {
	case "roots":
		return indonesian(word)
	case "verbs":
		return english(word)
	}
	return []string{word}
}

// heads are what the forms of a word have in common, at least four bytes long:
// of menyalin and disalin "alin", with the letter before it.
func heads(key, word string) []string {
	word, _, _ = strings.Cut(strings.TrimPrefix(word, "~"), "-")
	list := []string{word}
	switch {
	case key == "verbs":
		list[0] = strings.TrimSuffix(strings.TrimSuffix(word, "e"), "y")
	case key == "roots" && nasal(word) != "":
		n := nasal(word)
		list = append(list, n[len(n)-1:]+word[1:])
	}
	kept := list[:0]
	for _, w := range list {
		if len(w) == 3 {
			w += " "
		}
		if len(w) >= 4 {
			kept = append(kept, w)
		}
	}
	return kept
}

// english: publish, publishes, published, publishing.
func english(verb string) []string {
	stem := strings.TrimSuffix(verb, "e")
	switch {
	case stem != verb:
		return []string{verb, verb + "s", verb + "d", stem + "ing"}
	case strings.HasSuffix(verb, "y"):
		return []string{verb, verb[:len(verb)-1] + "ies", verb[:len(verb)-1] + "ied", verb + "ing"}
	}
	return []string{verb, verb + "s", verb + "es", verb + "ed", verb + "ing"}
}

// suffixes of Indonesian verbs and nouns.
var suffixes = [...]string{"", "kan", "i", "an", "nya", "kannya", "annya", "lah", "kanlah", "ken", "in"}

// indonesian: kutip, mengutip, dikutip, pengutipan, kutiplah; borrowed words in
// the ways people write them: mengcopy, meng-copy, mencopy, ngopy.
func indonesian(root string) []string {
	bare := root[0] != '~'
	root = strings.TrimPrefix(root, "~")
	var out []string
	for _, prefix := range prefixed(root) {
		for _, s := range suffixes {
			out = append(out, prefix+s)
		}
	}
	if bare {
		for _, s := range suffixes {
			out = append(out, root+s)
		}
	}
	return out
}

// prefixed puts the prefixes meN-, peN-, di-, ter-, ng- and the like before a
// root, by the rules and as people do it who do not know them.
func prefixed(root string) []string {
	out := []string{"di" + root, "ter" + root, "per" + root, "memper" + root, "diper" + root, "nge" + root, "di-" + root, "me-" + root}
	for _, p := range [...]string{"me", "men", "meng", "mem", "pe", "pen", "peng", "pem"} {
		out = append(out, p+root, p+"-"+root)
	}
	if n := nasal(root); n != "" {
		rest := n + root[1:]
		out = append(out, "me"+rest, "pe"+rest, rest)
	}
	return out
}

// nasal is what stands for the first letter of a root behind me- and pe-.
func nasal(root string) string {
	switch root[0] {
	case 'k':
		return "ng"
	case 's':
		return "ny"
	case 't':
		return "n"
	case 'p':
		return "m"
	}
	return ""
}
