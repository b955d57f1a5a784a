package read

import "strings"

// safeName keeps a member's name inside its container: no drive, no root, no "..".
func safeName(s string) (name string, unsafe bool) {
	s = cleanName(strings.ReplaceAll(s, `\`, "/"))
	if len(s) > 1 && s[1] == ':' {
		s, unsafe = s[2:], true
	}
	var parts []string
	for i, p := range strings.Split(s, "/") {
		switch p {
		case "..":
			unsafe = true
		case "":
			unsafe = unsafe || i == 0
		case ".":
		default:
			parts = append(parts, p)
		}
	}
	if name = strings.Join(parts, "/"); name == "" {
		name = "未命名"
	}
	if r := []rune(name); len(r) > maxName {
		ext := []rune(ending(name))
		name = strings.Trim(string(r[:maxName-len(ext)]), "/") + string(ext)
	}
	return name, unsafe
}

const maxName = 400 // runes of a member's name

func ignoredMember(name string) bool {
	for _, p := range strings.Split(name, "/") {
		if ignored(p) {
			return true
		}
	}
	return false
}
