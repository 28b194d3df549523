/// A parsed template of Go's `text/template`. Nodes keep their place, which messages show.
struct Template {
    /// Why a template cannot be parsed or run, as Go words it.
    struct Problem: Error {
        var message: String
    }

    indirect enum Node {
        case text(ArraySlice<UInt8>)
        case output(Pipeline)
        case branch(Word, Pipeline, [Node], otherwise: [Node]?)
        case template(Call)
        case breakLoop, continueLoop

        enum Word: String { case `if`, range, with }
    }

    /// `{{template "name" pipeline}}`.
    struct Call {
        var position: Int
        var name: String
        var argument: Pipeline?

        var text: String { "{{template \(goQuoted(name))\(argument.map { " " + $0.text } ?? "")}}" }
    }

    struct Pipeline {
        var position: Int
        /// Variables that take the value: at most one, or two for `range`.
        var variables: [String] = []
        var assigns = false
        var commands: [Command] = []

        var text: String {
            let head = variables.isEmpty ? "" : variables.joined(separator: ", ") + (assigns ? " = " : " := ")
            return head + commands.map(\.text).joined(separator: " | ")
        }
    }

    struct Command {
        var position: Int
        var operands: [Operand] = []

        var text: String { operands.map(\.argumentText).joined(separator: " ") }
    }

    struct Operand {
        indirect enum Kind {
            case dot, null
            case bool(Bool)
            case integer(Int), float(Double)
            /// An integer that a machine word does not hold.
            case hugeInteger
            case string([UInt8])
            case field([String])
            case variable([String])
            case function(String)
            case chain(Operand, [String])
            case pipeline(Pipeline)
        }

        var position: Int
        var kind: Kind
        /// As written; nodes that are put together of several tokens have none.
        var source = ""

        var text: String {
            switch kind {
            case .dot: "."
            case .null: "nil"
            case .field(let names): names.map { "." + $0 }.joined()
            case .variable(let names): names.joined(separator: ".")
            case .chain(let inner, let names): inner.argumentText + names.map { "." + $0 }.joined()
            case .pipeline(let pipeline): pipeline.text
            default: source
            }
        }

        /// The text among other operands.
        var argumentText: String {
            if case .pipeline = kind { return "(\(text))" }
            return text
        }
    }

    /// The bodies by name; the template itself is called `template`.
    var bodies: [String: [Node]] = [:]
    let source: [UInt8]

    /// The name that OPA gives every template.
    static let name = "template"

    init(_ source: [UInt8]) throws(Problem) {
        self.source = source
        var parser = TemplateParser(source)
        bodies = try parser.parse()
    }
}
