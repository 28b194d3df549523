# Kubernetes quantities ("250m", "1.5Gi", "1e3", 2), compared exactly.
package lintel.lib.quantity

# milli is the quantity in thousandths of its unit, rounded up to a whole number as the API
# server rounds; undefined for text that is no quantity.
milli(quantity) := ceil(quantity * 1000) if is_number(quantity)

milli(quantity) := ceil((sign(match[1]) * (integer(digits) * factor.numerator)) / (factor.denominator * decimals)) if {
	is_string(quantity)
	match := regex.find_all_string_submatch_n(pattern, quantity, 1)[0]
	digits := replace(match[2], ".", "")
	decimals := powers_of_ten[fraction_length(match[2])]
	factor := scale(match[3])
}

pattern := `^([+-]?)([0-9]{1,18}\.?[0-9]{0,18}|\.[0-9]{1,18})([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2}|)$`

sign("-") := -1

sign("+") := 1

sign("") := 1

integer(digits) := to_number(significant) if {
	significant := trim_left(digits, "0")
	significant != ""
} else := 0

fraction_length(text) := count(split(text, ".")[1]) if {
	contains(text, ".")
} else := 0

scale(suffix) := suffixes[suffix]

scale(suffix) := exponent_scale(substring(suffix, 1, -1)) if not suffixes[suffix]

exponent_scale(exponent) := {"numerator": 1000, "denominator": powers_of_ten[integer(trim_prefix(exponent, "-"))]} if {
	startswith(exponent, "-")
} else := {"numerator": 1000 * powers_of_ten[integer(trim_prefix(exponent, "+"))], "denominator": 1}

powers_of_ten := [
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
	10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000,
	1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
]

suffixes := {
	"n": {"numerator": 1, "denominator": 1000000},
	"u": {"numerator": 1, "denominator": 1000},
	"m": {"numerator": 1, "denominator": 1},
	"": {"numerator": 1000, "denominator": 1},
	"k": {"numerator": 1000000, "denominator": 1},
	"M": {"numerator": 1000000000, "denominator": 1},
	"G": {"numerator": 1000000000000, "denominator": 1},
	"T": {"numerator": 1000000000000000, "denominator": 1},
	"P": {"numerator": 1000000000000000000, "denominator": 1},
	"E": {"numerator": 1000000000000000000000, "denominator": 1},
	"Ki": {"numerator": 1024000, "denominator": 1},
	"Mi": {"numerator": 1048576000, "denominator": 1},
	"Gi": {"numerator": 1073741824000, "denominator": 1},
	"Ti": {"numerator": 1099511627776000, "denominator": 1},
	"Pi": {"numerator": 1125899906842624000, "denominator": 1},
	"Ei": {"numerator": 1152921504606846976000, "denominator": 1},
}
