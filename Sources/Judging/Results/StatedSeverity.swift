package import Catalogue
import Documents
import Inputs
import Text

/// What a result gives as its `severity`.
package enum StatedSeverity: Sendable {
    /// Nothing, or something that means no severity.
    case nothing
    case known(PolicySeverity)
    /// A result in the library's form gives what is no severity.
    case unknown(String)
    /// A result of another form gives a severity, or what resembles one. There the member is the policy's own, and the
    /// severity is that of the policy's metadata.
    case unread(String)

    /// - Parameter element: an object that a rule holds. In the library's form it has the `node` that it is about.
    init(_ element: Value) {
        let value = element.field("severity")
        guard value.isDefined else {
            self = .nothing
            return
        }
        let word = value.stringValue
        let severity = word.flatMap { PolicySeverity(rawValue: $0.lowercased()) }
        if element.field("node").isCollection {
            self = severity.map { .known($0) } ?? .unknown(Self.text(of: value))
        } else if let word, severity != nil || word.count < 16 && Self.nearest(to: word) != nil {
            self = .unread(word)
        } else {
            self = .nothing
        }
    }

    /// The severity of the result, when it is not that of its policy.
    package var severity: PolicySeverity? {
        if case .known(let severity) = self { severity } else { nil }
    }

    private static func text(of value: Value) -> String {
        value.writtenSize(upTo: 64) > 64 ? "a long \(value.typeName)" : JSONWriter.string(value)
    }

    static func nearest(to word: String) -> String? {
        Suggestion.nearest(to: word, among: PolicySeverity.allCases.map(\.rawValue))
    }
}
