import Diagnostics
import Differences
import Judging

/// Values, fields and places of differences as text on one line.
enum ValueText {
    /// More of a value is not shown.
    private static let longest = 120

    /// As YAML in flow style would have it; `•••` for what is hidden.
    static func line(_ value: ShownValue, longest: Int = longest) -> String {
        var text = ""
        write(value, longest, to: &text)
        return shortened(text, longest)
    }

    /// Text of so many characters, with digests of images cut short.
    static func shortened(_ text: String, _ longest: Int = longest) -> String {
        let text = withShortDigest(text)
        if text.unicodeScalars.count <= longest { return text }
        var short = ""
        short.unicodeScalars.append(contentsOf: text.unicodeScalars.prefix(longest - 1))
        return short + "…"
    }

    /// Of `sha256:` and 64 digits the first twelve.
    static func withShortDigest(_ text: String) -> String {
        guard let mark = text.firstRange(of: "@sha256:") else { return text }
        let digits = text[mark.upperBound...].prefix(while: \.isHexDigit)
        if digits.utf8.count != 64 { return text }
        return text[..<mark.upperBound] + digits.prefix(12) + "…" + text[digits.endIndex...]
    }

    private static func write(_ value: ShownValue, _ longest: Int, to text: inout String) {
        if text.utf8.count > longest * 4 { return }
        switch value {
        case .hidden: text += SecretScreen.mark
        case .more: text += "…"
        case .literal(let literal): text += literal
        case .text(let plain): text += quoted(shortened(plain, longest + 1))
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += ", " }
                write(item, longest, to: &text)
            }
            text += "]"
        case .mapping(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += ", " }
                text += quoted(member.name) + ": "
                write(member.value, longest, to: &text)
            }
            text += "}"
        }
    }

    /// Text as it is where nobody takes it for anything else.
    static func quoted(_ text: String) -> String {
        let isOther =
            text.isEmpty || Double(text) != nil || ["true", "false", "null", "~"].contains(text.lowercased())
            || text.first == " " || text.last == " " || "[{\"'&*!|>%#`,".contains(text.first ?? " ")
            || text.unicodeScalars.contains { $0.value < 0x20 } || text.contains(": ") || text.contains(" #")
        if !isOther { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// `2 → 3`, what is added or removed, or the order.
    static func change(_ field: FieldChange) -> String {
        let (old, new) = (field.old.map { line($0) }, field.new.map { line($0) })
        switch field.kind {
        case .added: return "+ \(new ?? "")"
        case .removed: return "- \(old ?? "")"
        case .reordered: return "order \(old ?? "") → \(new ?? "")"
        case .changed:
            if old == new { return "\(new ?? "") (another value)" }
            return "\(old ?? "") → \(new ?? "")"
        }
    }

    /// `a.yaml:3 → b.yaml:5`; one place where both are the same or one is missing.
    static func places(_ old: SourcePlace?, _ new: SourcePlace?) -> String {
        guard let old else { return new.map(place) ?? "" }
        guard let new else { return place(old) }
        if old.file != new.file { return "\(place(old)) → \(place(new))" }
        return old.start.line == new.start.line ? place(new) : "\(place(old)) → \(new.start.line)"
    }

    static func place(_ place: SourcePlace) -> String { "\(place.file):\(place.start.line)" }

    /// The steps by which an object came to be: `as built from overlays/prod, applied by Application argocd/web`.
    static func origin(_ notes: [Diagnostic.Note]) -> String {
        notes.map { note in
            note.range.map { "\(note.message) (\($0.file.path):\($0.position.line))" } ?? note.message
        }.joined(separator: ", ")
    }

    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// `1 added, 2 changed, 5 unchanged`.
    static func summary(_ report: DiffReport) -> String {
        let counts = [(ObjectChange.Kind.added, "added"), (.removed, "removed"), (.changed, "changed")]
        var parts = counts.map { ($1, report.count(of: $0)) }.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        if parts.isEmpty { parts = [report.isComplete ? "no differences" : "no differences in what was compared"] }
        var text = parts.joined(separator: ", ") + ", \(report.unchanged) unchanged"
        let worst = [
            (report.risks.count { $0.weight == .high }, "high risk"), (report.findings?.new.count ?? 0, "new violation"),
        ].filter { $0.0 > 0 }.map { count($0.0, $0.1) }
        if !worst.isEmpty { text += "; " + worst.joined(separator: ", ") }
        return text
    }

    /// What was not looked at, in a sentence; nil when there is nothing.
    static func skips(_ side: DiffReport.Side) -> String? {
        if side.skipped.isEmpty { return nil }
        return "skipped in \(side.label): " + side.skipped.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
    }
}
