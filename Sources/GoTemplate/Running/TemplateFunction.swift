/// A function that templates may call.
package final class TemplateFunction: Sendable {
    /// The Go types of parameters that a call is checked against.
    package enum Parameter: Sendable {
        /// An empty interface; what comes in keeps its own type.
        case any
        case string, int, int64, bool, float, map, list, strings
        /// A type of objects by its Go name.
        case named(String)
    }

    package typealias Body = @Sendable (_ call: borrowing FunctionCall) throws -> GoValue

    package let name: String
    package let parameters: [Parameter]
    /// The type of further arguments; nil when there are none.
    package let rest: Parameter?
    package let body: Body
    /// Whether the arguments come as Go's `reflect.Value`: nothing is said about missing ones.
    let isBuiltin: Bool
    /// How the text of the result relates to the arguments, for origins.
    package let origin: OriginRule

    /// How the origin of a result follows from those of the arguments.
    package enum OriginRule: Sendable {
        /// Parts of the result that equal arguments come from these; else the whole comes from them.
        case search
        /// The result is one of the arguments, or carries its own trace.
        case own
        /// `indent` and `nindent`: the lines of the last argument moved to the right.
        case indent
    }

    package init(
        _ name: String, _ parameters: [Parameter], rest: Parameter? = nil, origin: OriginRule = .search,
        isBuiltin: Bool = false, _ body: @escaping Body
    ) {
        (self.name, self.parameters, self.rest, self.body) = (name, parameters, rest, body)
        (self.isBuiltin, self.origin) = (isBuiltin, origin)
    }

    func parameter(_ index: Int) -> Parameter { index < parameters.count ? parameters[index] : rest ?? .any }
}

/// What a function is called with.
package struct FunctionCall: ~Copyable {
    package let arguments: [GoValue]
    package let run: TemplateRun
    fileprivate let command: Command

    init(arguments: [GoValue], run: TemplateRun, command: Command) {
        (self.arguments, self.run, self.command) = (arguments, run, command)
    }

    /// The text of the first argument, for `call`.
    var callee: String { command.operands.count > 1 ? command.operands[1].text : "" }

    package subscript(index: Int) -> GoValue { arguments[index] }

    /// The text of an argument that was checked to be a string.
    package func text(_ index: Int) -> String { arguments[index].asString ?? "" }

    package func int(_ index: Int) -> Int {
        switch arguments[index].content {
        case .integer(let number, _): Int(number)
        case .float(let number): Int(exactly: number.rounded(.towardZero)) ?? 0
        default: 0
        }
    }
}

/// Why a function fails, in words that follow "error calling NAME: ".
package struct FunctionFailure: Error {
    package var message: String
    /// The problem inside a template that the function ran.
    package var cause: TemplateProblem?

    package init(_ message: String, cause: TemplateProblem? = nil) { (self.message, self.cause) = (message, cause) }
}
