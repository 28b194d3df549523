extension Builtins {
    /// All builtins of the language.
    public static let standard: [Builtin] = [
        arithmetic, comparison, sets, aggregates, bits, numberRanges, arrays, objects, types, strings, stringEditing,
        formatting, regex, glob, units, semver, graphs, internals, formats,
    ].flatMap(\.self)
}
