public import Diagnostics

/// How often the text of a module uses each name, found without parsing it: as an identifier or as a string literal.
public struct NameMentions: Sendable {
    private var counts: [String: Int] = [:]

    public init() {}

    /// Adds the names of a file.
    public mutating func add(_ file: SourceFile) {
        for token in LexedText(file.bytes).tokens {
            let range = Int(token.start)..<Int(token.end)
            switch token.kind {
            case .identifier: counts[file.text(in: range), default: 0] += 1
            case .string where !token.hasEscape && range.count > 2:
                counts[file.text(in: range.lowerBound + 1..<range.upperBound - 1), default: 0] += 1
            default: break
            }
        }
    }

    /// How often a name was found.
    public func count(of name: String) -> Int { counts[name] ?? 0 }
}
