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
                let key = scalar(.string(map.keys[index])).first ?? ""
                let member = map.values[index]
                let inner = lines(member, depth: depth + 1)
                let isBlock = !(member.asList?.items.isEmpty ?? true) || (member.members?.count ?? 0) > 0
                let rest = (isBlock ? inner[...] : inner.dropFirst()).map {
                    $0.isEmpty ? $0 : (isBlock ? "  " : "") + $0
                }
                return [key + ":" + (isBlock ? "" : " " + (inner.first ?? ""))] + rest
            }
        }
        return scalar(value)
    }

    /// The lines of a scalar or empty collection; those behind the first are indented.
    private static func scalar(_ value: GoValue) -> [String] {
        if case .float(let number) = value.content { return [FloatText.plain(number)] }
        let text = YAMLForm.text(value, foldsLines: false).asString ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
