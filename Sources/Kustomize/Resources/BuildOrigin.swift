/// What `buildMetadata` tells of an object: the file it stands in, or what generated or changed it.
struct BuildOrigin: Equatable {
    /// The resource file, relative to the folder that is built.
    var path = ""
    /// The file that configures a generator or transformer.
    var configuredIn = ""
    /// The generator or transformer.
    var apiVersion = ""
    var kind = ""
    var name = ""
    var namespace = ""

    /// The lines of the annotation.
    var lines: [String] {
        var lines: [String] = []
        if !path.isEmpty { lines.append("path: \(path)") }
        if !configuredIn.isEmpty { lines.append("configuredIn: \(configuredIn)") }
        if !kind.isEmpty || !apiVersion.isEmpty || !name.isEmpty {
            lines.append("configuredBy:")
            for (key, value) in [("apiVersion", apiVersion), ("kind", kind), ("name", name), ("namespace", namespace)]
            where !value.isEmpty { lines.append("  \(key): \(value)") }
        }
        return lines
    }

    /// The annotation of the origin.
    var text: String { lines.map { $0 + "\n" }.joined() }

    /// The annotation of several transformations.
    static func text(_ origins: [BuildOrigin]) -> String {
        origins.map { origin in
            origin.lines.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 + "\n" }.joined()
        }.joined()
    }

    /// The same origin below a folder.
    static func join(_ folder: String, _ path: String) -> String {
        if folder.isEmpty { return SlashPath.clean(path) }
        return SlashPath.clean(folder + "/" + path)
    }
}
