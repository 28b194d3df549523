extension ChartFolder {
    /// The files of a chart that is in memory, as they would be read from its folder: without those that its `.helmignore`
    /// leaves out, in the order of a walk through the folder.
    /// - Throws: `HelmProblem`.
    package static func files(among texts: [ChartFile]) throws -> [ChartFile] {
        let rules = texts.first { $0.name == ".helmignore" }
        let ignore = try HelmIgnore(rules.map { String(decoding: trimmed($0.bytes), as: UTF8.self) } ?? "")
        var files: [(steps: [Substring], file: ChartFile)] = []
        for var file in texts where !isIgnored(file.name, by: ignore) {
            if file.bytes.count > largestFile {
                throw HelmProblem(
                    "chart file \"\(file.path)\" is larger than the maximum file size \(largestFile)", isBroken: true)
            }
            file.bytes = trimmed(file.bytes)
            files.append((file.name.split(separator: "/"), file))
        }
        return files.sorted { left, right in
            left.steps.lexicographicallyPrecedes(right.steps) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }.map(\.file)
    }

    private static func isIgnored(_ name: String, by ignore: HelmIgnore) -> Bool {
        for (offset, character) in zip(name.indices, name) where character == "/" {
            if ignore.ignores(String(name[..<offset]), isFolder: true) { return true }
        }
        return ignore.ignores(name, isFolder: false)
    }
}
