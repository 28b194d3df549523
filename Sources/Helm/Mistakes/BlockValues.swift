import Documents
import GoTemplate

/// What the actions of a template write, as far as defaults and other templates tell.
struct BlockValues {
    private let chart: ChartView
    private let bodies: [String: TemplateBody]

    init(_ chart: ChartView, _ bodies: [String: TemplateBody]) { (self.chart, self.bodies) = (chart, bodies) }

    private static func call(_ command: Command?) -> (name: String, arguments: ArraySlice<TemplateOperand>)? {
        guard let command, case .function(let function)? = command.operands.first?.kind else { return nil }
        return (function.name, command.operands.dropFirst())
    }

    /// The column that `nindent` moves lines to at the end of a pipeline; nil for others.
    static func indentation(_ pipeline: Pipeline) -> Int? {
        guard let (name, arguments) = call(pipeline.commands.last), name == "nindent", let first = arguments.first,
            case .constant(let width) = first.kind, let number = width.asInteger, number >= 0, number < 1000
        else { return nil }
        return Int(number)
    }

    /// Whether a pipeline may write several lines.
    static func mayHaveLines(_ pipeline: Pipeline) -> Bool {
        let safe: Set = ["quote", "squote", "toString", "int", "int64", "toJson", "b64enc", "sha256sum"]
        guard let last = pipeline.commands.last else { return true }
        if let (name, _) = call(last) { return !safe.contains(name) }
        return pipeline.commands.count > 1
    }

    /// The column of a list or mapping that a pipeline writes as `toYaml` gives it; nil for others.
    static func block(_ pipeline: Pipeline) -> Int? {
        guard pipeline.commands.count == 2, call(pipeline.commands.first)?.name == "toYaml" else { return nil }
        return indentation(pipeline)
    }

    // MARK: Kinds of values

    /// Whether a pipeline is known to write the members of a mapping.
    func isMapping(_ pipeline: Pipeline) -> Bool {
        guard let first = pipeline.commands.first, pipeline.commands.count <= 2, let (name, arguments) = Self.call(first) else {
            return false
        }
        if name == "toYaml", let argument = arguments.first, let path = Self.path(of: argument) {
            return withDefault(at: path) { $0.kind == .object && $0.count > 0 } ?? false
        }
        if name == "include", let argument = arguments.first, case .constant(let value) = argument.kind, let name = value.asString
        {
            return bodies[name].map(Self.beginsWithMember) ?? false
        }
        return false
    }

    /// Whether the first thing that a template writes is a key.
    private static func beginsWithMember(_ body: TemplateBody) -> Bool {
        for node in body.nodes {
            switch node {
            case .text(let text, _):
                guard let start = text.firstIndex(where: { $0 > 0x20 }) else { continue }
                let line = text[start...].prefix { $0 != 0x0A }
                guard let first = BlockText(line) else { return false }
                return !first.isItem && first.key?.isEmpty == false && text[start] != UInt8(ascii: "{")
            case .output(let pipeline) where !pipeline.variables.isEmpty: continue
            default: return false
            }
        }
        return false
    }

    /// The path of an operand that is a value of the chart itself.
    private static func path(of operand: TemplateOperand) -> [String]? {
        switch operand.kind {
        case .field(let names) where names.first == "Values" && names.count > 1: Array(names.dropFirst())
        case .variable("$", let names) where names.first == "Values" && names.count > 1: Array(names.dropFirst())
        default: nil
        }
    }

    private func withDefault<Result>(at path: [String], _ body: (Value) -> Result) -> Result? {
        chart.defaults?.withRoot { root in
            var value = root
            for name in path {
                guard value.kind == .object else { return nil }
                value = value.field(named: name)
            }
            return value.isUndefined ? nil : body(value)
        }
    }

    // MARK: Texts

    /// The text that a pipeline writes with the defaults of the chart, when it writes a value as it is.
    func text(_ pipeline: Pipeline) -> String? {
        pipeline.variables.isEmpty ? text(pipeline.commands[...]) : nil
    }

    /// Functions that leave a scalar the text that it is, for a reader of YAML.
    private static let keepers: Set<String> = ["toString", "print", "trim", "int", "int64"]

    private func text(_ commands: ArraySlice<Command>) -> String? {
        guard let last = commands.last else { return nil }
        if commands.count == 1, last.operands.count == 1 { return text(last.operands[0]) }
        guard let (name, arguments) = Self.call(last) else { return nil }
        // What the function is given comes last, written or piped.
        let options = commands.count == 1 ? arguments.dropLast() : arguments
        func given() -> String? { commands.count == 1 ? arguments.last.flatMap(text) : text(commands.dropLast()) }
        if Self.keepers.contains(name), options.isEmpty { return given() }
        guard options.count == 1, let option = options.first else { return nil }
        switch name {
        case "printf":
            guard case .constant(let format) = option.kind, ["%s", "%v"].contains(format.asString) else { return nil }
            return given()
        case "default": return given().flatMap { $0.isEmpty ? text(option) : $0 }
        default: return nil
        }
    }

    /// The text of a default or constant; nil for what is not known, and for what is no scalar.
    private func text(_ operand: TemplateOperand) -> String? {
        if let path = Self.path(of: operand) {
            return withDefault(at: path) { value -> String? in
                switch value.kind {
                case .string: value.string
                case .null: ""
                case .bool: value.isTrue ? "true" : "false"
                case .int: value.intValue.map { abs($0) < 1_000_000 ? String($0) : "" } ?? ""
                default: nil
                }
            } ?? nil
        }
        switch operand.kind {
        case .field(["Chart", "AppVersion"]), .variable("$", ["Chart", "AppVersion"]):
            return chart.chart.metadata.appVersionText
        case .constant(let value): return value.asString
        case .pipeline(let pipeline): return text(pipeline)
        default: return nil
        }
    }

    /// What YAML makes of a text without quotes; nil when it stays the text.
    static func otherReading(of text: String) -> String? {
        guard let first = text.utf8.first, !text.utf8.contains(0x0A) else { return nil }
        // Numbers and words of their own begin with a digit, a sign, or a letter of `true`, `false`, `null`, `yes`, `no`, `on`, `off`.
        if (first | 0x20) &- 0x61 < 26, !"tfnyo".utf8.contains(first | 0x20) { return nil }
        guard let value = try? YAMLForm.value(Array("- \(text)\n".utf8)), let item = value.items?.first, value.items?.count == 1
        else {
            return nil
        }
        switch item.content {
        case .null, .missing: return "null"
        case .bool(let flag): return "the boolean \(flag)"
        case .integer(let number, _): return "the number \(number)"
        case .float, .numberText: return "the number \(GoPrint.text(item))"
        default: return nil
        }
    }
}
