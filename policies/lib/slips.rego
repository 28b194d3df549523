# Names that are probably misspelt.
package lintel.lib.slips

# meant is the end of a message that names what was probably meant; empty without a suggestion.
meant(item) := sprintf("; did you mean %v?", [item.suggestion]) if {
	item.suggestion
} else := ""
