/// Why a violation does not count: somebody accepted it, with a reason. A class, since one may hold for many violations.
package final class Suppression: Sendable {
    /// Where it was said.
    package enum Source: String, Sendable, Hashable, CaseIterable {
        case comment, annotation, configuration
    }

    package let source: Source
    package let reason: String
    /// Who answers for it; may be empty.
    package let owner: String
    /// The last day it holds, as `2027-01-31`; empty when it has no end.
    package let until: String
    /// The file and line that say it; empty and 0 when unknown.
    package let file: String
    package let line: Int
    /// The tool whose form it has, such as `checkov`; empty for the project's own.
    package let tool: String

    package init(
        source: Source, reason: String, owner: String = "", until: String = "", file: String = "", line: Int = 0,
        tool: String = ""
    ) {
        self.source = source
        self.reason = reason
        self.owner = owner
        self.until = until
        self.file = file
        self.line = line
        self.tool = tool
    }

    /// In words, for people: `comment in app.yaml:3, until 2027-01-31: agreed with security`.
    package var text: String {
        var text = tool.isEmpty ? source.rawValue : "\(source.rawValue) for \(tool)"
        if !file.isEmpty { text += " in \(file)" + (line > 0 ? ":\(line)" : "") }
        if !owner.isEmpty { text += ", \(owner)" }
        if !until.isEmpty { text += ", until \(until)" }
        return reason.isEmpty ? text : "\(text): \(reason)"
    }
}
