# File paths.
package lintel.lib.path

# clean removes empty and "." segments: "/var//run/./" becomes "/var/run".
clean(path) := concat("/", array.concat([""], segments)) if {
	segments := [segment | some segment in split(path, "/"); not idle[segment]]
	count(segments) > 0
} else := "/"

idle := {"", "."}

# inside holds when a clean path equals a directory or lies below it.
inside(path, directory) if path == directory

inside(_, "/")

inside(path, directory) if startswith(path, concat("", [directory, "/"]))
