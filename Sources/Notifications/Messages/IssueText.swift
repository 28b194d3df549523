import Catalogue
import Text

/// What an issue about a violation says, and how it is known again.
enum IssueText {
    /// An issue that a tracker has.
    struct Known: Sendable {
        /// Its number or key.
        var id: String
        var fingerprint: String
        var digest: String
    }

    private static let mark = "lintel:violation"

    static func title(_ notice: Notice) -> String {
        String("\(notice.severity.rawValue): \(notice.resource): \(notice.message)".replacing("\n", with: " ").prefix(200))
    }

    /// The text with the mark by which it is found again, in Markdown or for Jira.
    static func body(_ notice: Notice, scope: String, isMarkdown: Bool) -> String {
        func code(_ text: String) -> String { isMarkdown ? "`\(text.replacing("`", with: "'"))`" : "{{\(text)}}" }
        // Nobody is called by a message.
        func plain(_ text: String) -> String { text.replacing("@", with: "@\u{200B}").replacing("<", with: "&lt;") }
        var lines = [
            plain(notice.message), "",
            "* policy: \(code(notice.policy))\(notice.policyName.isEmpty ? "" : " \(notice.policyName)")",
            "* object: \(code(notice.resource))", "* place: \(code(notice.place))",
        ]
        if !notice.remediation.isEmpty { lines += ["", plain(notice.remediation)] }
        let text = lines.joined(separator: "\n")
        var hash = FNVHash()
        hash.combine((title(notice) + text).utf8)
        let marker = "\(mark) fingerprint=\(notice.fingerprint) scope=\(escaped(scope)) text=\(hash.text)"
        return text + "\n\n" + (isMarkdown ? "<!-- \(marker) -->" : "{color:#97a0af}\(marker){color}")
    }

    /// What the mark in a text says; nil for a text without one, or of another scope.
    static func known(_ id: String, _ text: String, scope: String) -> Known? {
        guard let start = text.firstRange(of: mark) else { return nil }
        var values: [String: String] = [:]
        for part in text[start.upperBound...].prefix(while: { $0 != "\n" }).split(separator: " ") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { values[String(pair[0])] = String(pair[1].prefix { $0 != "{" }) }
        }
        guard let fingerprint = values["fingerprint"], values["scope"] ?? "" == escaped(scope) else { return nil }
        return Known(id: id, fingerprint: fingerprint, digest: values["text"] ?? "")
    }

    /// The digest that the mark of a text names.
    static func digest(_ notice: Notice, scope: String, isMarkdown: Bool) -> String {
        known("", body(notice, scope: scope, isMarkdown: isMarkdown), scope: scope)?.digest ?? ""
    }

    private static func escaped(_ scope: String) -> String {
        var output: [UInt8] = []
        for byte in scope.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "/.-_".utf8.contains(byte)
            if isPlain { output.append(byte) } else { PercentEncoding.append(byte, to: &output) }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
