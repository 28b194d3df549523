import GoLibrary

/// Why a template cannot be parsed or run, as Go words it.
package struct TemplateProblem: Error {
    /// Where in the text of a template.
    package struct Place: Sendable {
        package var template: String
        package var line: Int
        /// Counted in bytes from 0 as Go does; nil for a mistake in the grammar.
        package var column: Int?
        /// The file's number among the sources of the run.
        package var file: Int32
        package var offset: Int
    }

    package var message: String
    /// The places, outermost first.
    package var places: [Place]
    /// The reason without the places around it.
    package var reason: String

    package init(message: String, places: [Place] = [], reason: String? = nil) {
        (self.message, self.places, self.reason) = (message, places, reason ?? message)
    }
}

/// The text of a template under the name that messages show.
package final class TemplateSource {
    package let name: String
    package let bytes: [UInt8]
    /// The file's number among the sources of the run; -1 when the text stands in no file.
    package let file: Int32
    /// Where the bytes come from when the text was put together from values.
    package let trace: Trace?

    package init(name: String, bytes: [UInt8], file: Int32 = -1, trace: Trace? = nil) {
        (self.name, self.bytes, self.file, self.trace) = (name, bytes, file, trace)
    }

    /// The place of an offset as Go counts: lines from 1, columns in bytes from 0.
    func place(_ offset: Int) -> TemplateProblem.Place {
        let before = bytes[..<min(offset, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
        return TemplateProblem.Place(template: name, line: line, column: column, file: file, offset: offset)
    }
}

/// A named template: its nodes and the text they stand in.
package final class TemplateBody {
    package let name: String
    package let nodes: [TemplateNode]
    package let source: TemplateSource
    /// The offsets of the words `define` and `end` around it; nil for the whole of a text.
    package let extent: Range<Int>?

    init(name: String, nodes: [TemplateNode], source: TemplateSource, extent: Range<Int>? = nil) {
        (self.name, self.nodes, self.source, self.extent) = (name, nodes, source, extent)
    }

    /// Whether it holds nothing but white space.
    var isEmpty: Bool {
        nodes.allSatisfy { node in
            if case .text(let text, _) = node { return text.allSatisfy { $0 <= 0x20 } }
            return false
        }
    }
}

package enum TemplateNode {
    case text(ArraySlice<UInt8>, position: Int)
    case output(Pipeline)
    case branch(BranchNode)
    case template(CallNode)
    case breakLoop, continueLoop
}

package final class BranchNode {
    package enum Word: String { case `if`, range, with }

    package let word: Word
    package let pipeline: Pipeline
    package let body: [TemplateNode]
    package let otherwise: [TemplateNode]?
    package let places: Places

    /// The offsets of its words in the text.
    package struct Places {
        package var word: Int
        package var otherwise: Int?
        package var end: Int
        /// Whether the word follows an `else`.
        package var isElse: Bool
    }

    init(_ word: Word, _ pipeline: Pipeline, _ body: [TemplateNode], otherwise: [TemplateNode]?, _ places: Places) {
        (self.word, self.pipeline, self.body, self.otherwise) = (word, pipeline, body, otherwise)
        self.places = places
    }
}

/// `{{template "name" pipeline}}`.
package final class CallNode {
    package let position: Int
    package let name: String
    package let argument: Pipeline?

    init(position: Int, name: String, argument: Pipeline? = nil) {
        (self.position, self.name, self.argument) = (position, name, argument)
    }

    package var text: String { "{{template \(GoText.quoted(name))\(argument.map { " " + $0.text } ?? "")}}" }
}

package final class Pipeline {
    package let position: Int
    /// Variables that take the value: at most one, or two for `range`.
    package var variables: [String] = []
    package var assigns = false
    package var commands: [Command] = []

    init(position: Int) { self.position = position }

    package var text: String {
        let head = variables.isEmpty ? "" : variables.joined(separator: ", ") + (assigns ? " = " : " := ")
        return head + commands.map(\.text).joined(separator: " | ")
    }
}

package final class Command {
    package let position: Int
    package var operands: [TemplateOperand] = []

    init(position: Int) { self.position = position }

    package var text: String { operands.map(\.argumentText).joined(separator: " ") }
}

package final class TemplateOperand {
    package enum Kind {
        case dot, null
        case bool(GoValue)
        /// A number or string.
        case constant(GoValue)
        /// An integer that a machine word does not hold.
        case hugeInteger
        case field([String])
        case variable(String, [String])
        case function(TemplateFunction)
        case chain(TemplateOperand, [String])
        case pipeline(Pipeline)
    }

    package let position: Int
    package let kind: Kind
    /// As written; nodes that are put together of several tokens have none.
    package let source: String

    init(position: Int, kind: Kind, source: String = "") {
        (self.position, self.kind, self.source) = (position, kind, source)
    }

    package var text: String {
        switch kind {
        case .dot: "."
        case .null: "nil"
        case .field(let names): names.map { "." + $0 }.joined()
        case .variable(let name, let names): ([name] + names).joined(separator: ".")
        case .chain(let inner, let names): inner.argumentText + names.map { "." + $0 }.joined()
        case .pipeline(let pipeline): pipeline.text
        default: source
        }
    }

    /// The text among other operands.
    package var argumentText: String {
        if case .pipeline = kind { return "(\(text))" }
        return text
    }
}
