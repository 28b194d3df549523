extension Builtins {
    /// Builtins for texts of other formats, time, networks and identifiers.
    static let formats: [Builtin] = [
        encodings, urlQueries, uris, jsonTexts, yamlTexts, jsonPaths, jsonPatches, times, cidrBlocks, uuids, runtime,
        graphQL, jsonSchemas, templates,
    ].flatMap(\.self)
}
