import Documents

/// What tells two collections apart, in a few lines.
enum ValueDifference {
    static func lines(_ left: Value, _ right: Value, limit: Int = 8) -> [String] {
        var lines: [String] = []
        func add(_ line: String) { if lines.count < limit { lines.append(line) } }
        switch (left.kind, right.kind) {
        case (.set, .set):
            let missing = right.elements.filter { left.keyIndex($0) < 0 }, extra = left.elements.filter { right.keyIndex($0) < 0 }
            if !extra.isEmpty { add("only on the left: \(list(extra))") }
            if !missing.isEmpty { add("only on the right: \(list(missing))") }
        case (.object, .object):
            for (key, value) in zip(left.keys, left.values) {
                let other = right.member(key)
                if other.isUndefined {
                    add("only on the left: \(RegoTermWriter.string(key)): \(short(value))")
                } else if other != value {
                    add("differs at \(RegoTermWriter.string(key)): \(short(value)) on the left, \(short(other)) on the right")
                }
            }
            for (key, value) in zip(right.keys, right.values) where left.member(key).isUndefined {
                add("only on the right: \(RegoTermWriter.string(key)): \(short(value))")
            }
        case (.array, .array):
            if left.count != right.count { add("\(left.count) elements on the left, \(right.count) on the right") }
            for (index, pair) in zip(left.elements, right.elements).enumerated() where pair.0 != pair.1 {
                add("differs at [\(index)]: \(short(pair.0)) on the left, \(short(pair.1)) on the right")
            }
        default: break
        }
        return lines
    }

    /// The first values of a list, and how many follow.
    static func list(_ values: [Value]) -> String {
        values.prefix(5).map(short).joined(separator: ", ") + (values.count > 5 ? ", and \(values.count - 5) more" : "")
    }

    private static func short(_ value: Value) -> String { RegoTermWriter.short(value) }
}
