extension Builtins {
    /// All builtins of the language that need no cryptography, network or compiler.
    public static let standard: [Builtin] = [
        arithmetic.about("numbers"), numberRanges.about("numbers"), bits.about("bits"), comparison.about("comparison"),
        aggregates.about("aggregates"), arrays.about("arrays"), sets.about("sets"), objects.about("objects"),
        strings.about("strings"), stringEditing.about("strings"), formatting.about("strings"), regex.about("regex"),
        glob.about("glob"), units.about("units"), semver.about("semver"), types.about("types"), graphs.about("graphs"),
        encodings.about("encoding"), urlQueries.about("encoding"), jsonTexts.about("encoding"), yamlTexts.about("encoding"),
        uris.about("uri"), jsonPaths.about("objects"), jsonPatches.about("objects"), jsonSchemas.about("objects"),
        times.about("time"), cidrBlocks.about("net"), uuids.about("uuid"), runtime.about("opa"), graphQL.about("graphql"),
        templates.about("strings"), internals.about("internal"),
    ].flatMap(\.self)
}
