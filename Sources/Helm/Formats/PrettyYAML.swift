import Documents
import GoLibrary
import GoTemplate

/// Values as go-yaml's third version writes them with an indentation of two: lists stand to the right of their key.
enum PrettyYAML {
    static func text(_ value: GoValue) -> String {
        let lines = lines(value, depth: 0)
        return lines.joined(separator: "\n")
    }

    private static func lines(_ value: GoValue, depth: Int) -> [String] {
        if depth > 500 { return ["null"] }
        if let list = value.asList, !list.items.isEmpty {
            return list.items.flatMap { item -> [String] in
                let inner = lines(item, depth: depth + 1)
                return ["- " + (inner.first ?? "")] + inner.dropFirst().map { $0.isEmpty ? $0 : "  " + $0 }
            }
        }
        if let map = value.members, map.count > 0 {
            return YAMLForm.naturalOrder(map).flatMap { index -> [String] in
                let keyLines = scalar(.string(map.keys[index]))
                let key = keyLines.first ?? ""
                let member = map.values[index]
                let inner = lines(member, depth: depth + 1)
                let isBlock = !(member.asList?.items.isEmpty ?? true) || (member.members?.count ?? 0) > 0
                if keyLines.count > 1 || !isSimple(map.keys[index]) {
                    let rest = inner.dropFirst().map { $0.isEmpty || !isBlock ? $0 : "  " + $0 }
                    return ["? " + key] + keyLines.dropFirst() + [": " + (inner.first ?? "")] + rest
                }
                let rest = (isBlock ? inner[...] : inner.dropFirst()).map {
                    $0.isEmpty ? $0 : (isBlock ? "  " : "") + $0
                }
                return [key + ":" + (isBlock ? "" : " " + (inner.first ?? ""))] + rest
            }
        }
        return scalar(value)
    }

    /// Whether a key stands before its colon without a question mark: short, and without line breaks of any kind.
    private static func isSimple(_ key: String) -> Bool {
        key.utf8.count <= 128 && !key.unicodeScalars.contains { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) }
    }

    /// The lines of a scalar or empty collection; those behind the first are indented.
    private static func scalar(_ value: GoValue) -> [String] {
        if case .float(let number) = value.content { return [FloatText.plain(number)] }
        // The third version writes collections that Go has not made as empty ones.
        if value.holdsNil, value.asList != nil { return ["[]"] }
        if value.holdsNil, value.members != nil { return ["{}"] }
        let text = YAMLForm.text(value, foldsLines: false, makesTrip: false).asString ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
