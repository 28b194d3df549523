package import GoTemplate

/// Values given by the user, in the order in which Helm takes them: files, then flags.
package struct ValueOptions {
    package var files: [String] = []
    package var setJSON: [String] = []
    package var set: [String] = []
    package var setString: [String] = []
    package var setFile: [String] = []
    package var setLiteral: [String] = []

    package init() {}

    /// The values of all files and flags.
    /// - Parameter read: the bytes of a file.
    /// - Throws: `HelmProblem`.
    package func merged(_ sources: ChartSources, read: @escaping (String) throws -> [UInt8]) throws -> GoMap {
        var values = GoMap()
        for path in files {
            let file = ChartFile(name: path, bytes: ChartFolder.trimmed(try read(path)), path: path)
            values = MapFunctions.merged(values, try ValuesFile.read(file, sources) { "failed to parse \(path): \($0)" })
        }
        values = MapFunctions.deepCopy(values)
        for text in setJSON { try addJSON(text, &values, sources) }
        try add(set, "--set", .typed, values, sources)
        try add(setString, "--set-string", .string, values, sources)
        try add(setFile, "--set-file", .file { String(decoding: try read($0), as: UTF8.self) }, values, sources)
        try add(setLiteral, "--set-literal", .literal, values, sources)
        return values
    }

    private func add(
        _ texts: [String], _ flag: String, _ mode: SetParser.Mode, _ values: GoMap, _ sources: ChartSources
    ) throws {
        for text in texts {
            do {
                try SetParser.parse(text, into: values, mode, file: sources.number(flag: flag, text))
            } catch let problem as HelmProblem {
                throw HelmProblem("failed parsing \(flag) data: \(problem.message)")
            }
        }
    }

    private func addJSON(_ text: String, _ values: inout GoMap, _ sources: ChartSources) throws {
        let trimmed = StringFunctions.trimmed(text)
        let number = sources.number(flag: "--set-json", text)
        if trimmed.hasPrefix("{") {
            guard let (value, length) = JSONPrefix.value(Array(trimmed.utf8)), length == trimmed.utf8.count,
                let map = value.asMap
            else {
                throw HelmProblem("failed parsing --set-json data JSON: \(text)")
            }
            values = MapFunctions.merged(values, map)
            return
        }
        do {
            try SetParser.parse(text, into: values, .json, file: number)
        } catch is HelmProblem {
            throw HelmProblem("failed parsing --set-json data \(text)")
        }
    }
}
