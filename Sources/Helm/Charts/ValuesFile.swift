import GoTemplate

/// Reads values files: one YAML document or several, of which the later win.
enum ValuesFile {
    static func read(_ file: ChartFile, _ sources: ChartSources, _ words: (String) -> String) throws -> GoMap {
        let number = sources.number(file)
        var values = GoMap()
        for range in documents(file.bytes) {
            do throws(YAMLForm.Problem) {
                let value = try YAMLForm.value(Array(file.bytes[range]), file: number, offset: range.lowerBound)
                if value.isNil { continue }
                guard let map = value.asMap else {
                    throw YAMLForm.Problem(message: YAMLForm.mismatch(value, "map[string]interface {}"))
                }
                values = MapFunctions.merged(values, map)
            } catch {
                throw HelmProblem.unreadable(
                    file, part: range, sources, words("cannot unmarshal yaml document: \(error.message)"))
            }
        }
        return values
    }

    /// The parts between lines that begin with `---`.
    private static func documents(_ bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = start
        while line < bytes.count {
            if bytes[line...].starts(with: "---".utf8), line > start {
                ranges.append(start..<line)
                start = line
            }
            line = (bytes[line...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
        }
        return ranges + [start..<bytes.count]
    }
}
