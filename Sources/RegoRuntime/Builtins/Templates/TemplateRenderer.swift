import Documents

/// Runs a template as Go's `text/template` does, with the option `missingkey=default`.
struct TemplateRenderer {
    typealias Problem = Template.Problem

    private enum Flow { case next, breakLoop, continueLoop }

    /// The node that messages show.
    private enum Place {
        case operand(Template.Operand)
        case command(Template.Command)
        case call(Template.Call)
        case pipeline(Template.Pipeline)

        var position: Int {
            switch self {
            case .operand(let operand): operand.position
            case .command(let command): command.position
            case .call(let call): call.position
            case .pipeline(let pipeline): pipeline.position
            }
        }

        var text: String {
            switch self {
            case .operand(let operand): operand.text
            case .command(let command): command.text
            case .call(let call): call.text
            case .pipeline(let pipeline): pipeline.text
            }
        }
    }

    /// What Go prints for no value, and what OPA makes of it.
    static let noValue = "<no value>"
    private static let undefined = "<undefined>"
    /// Far less than Go allows; templates that call themselves end here before the stack does.
    private static let maximumDepth = 150

    private let template: Template
    private let functions: TemplateFunctions
    private let context: EvaluationContext
    private(set) var output: [UInt8] = []
    private var variables: [(name: String, item: TemplateItem)]
    private var place = Place.pipeline(Template.Pipeline(position: 0))
    private var name = Template.name
    private var depth = 0
    private var steps = 0
    private let root: TemplateItem

    init(_ template: Template, root: Value, context: EvaluationContext) {
        (self.template, self.context, functions) = (template, context, TemplateFunctions(context: context))
        self.root = TemplateItem(root, isInterface: false)
        variables = [("$", self.root)]
    }

    /// The text of the template.
    mutating func run() throws(Problem) -> String {
        _ = try render(template.bodies[Template.name] ?? [], root)
        return String(decoding: output, as: UTF8.self).replacing(Self.noValue, with: Self.undefined)
    }

    private func problem(_ message: String) -> Problem {
        let before = template.source[..<min(place.position, template.source.count)]
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
        return Problem(
            message: "template: \(Template.name):\(line):\(column): executing \(goQuoted(name)) at <\(place.text)>: \(message)")
    }

    // MARK: Nodes

    private mutating func render(_ nodes: [Template.Node], _ dot: TemplateItem) throws(Problem) -> Flow {
        for node in nodes {
            let flow = try render(node, dot)
            if flow != .next { return flow }
        }
        return .next
    }

    private mutating func countStep() throws(Problem) {
        steps += 1
        if steps & 255 == 0, context.isCancelled() { throw problem("the evaluation was cancelled") }
        if !context.hasRoom(for: output.count) { throw problem("the output is over the memory limit") }
    }

    private mutating func render(_ node: Template.Node, _ dot: TemplateItem) throws(Problem) -> Flow {
        try countStep()
        switch node {
        case .text(let text): output += text
        case .output(let pipeline):
            let item = try evaluate(pipeline, dot)
            if pipeline.variables.isEmpty { output += Array((item.isNil ? Self.noValue : item.text).utf8) }
        case .branch(let word, let pipeline, let body, let otherwise):
            let scope = variables.count
            defer { variables.removeLast(variables.count - scope) }
            if word == .range { return try loop(pipeline, body, otherwise, dot) }
            let item = try evaluate(pipeline, dot)
            if item.isTrue { return try render(body, word == .with ? item : dot) }
            return try render(otherwise ?? [], dot)
        case .template(let call): try self.call(call, dot)
        case .breakLoop: return .breakLoop
        case .continueLoop: return .continueLoop
        }
        return .next
    }

    private mutating func call(_ call: Template.Call, _ dot: TemplateItem) throws(Problem) {
        place = .call(call)
        guard let body = template.bodies[call.name] else { throw problem("template \(goQuoted(call.name)) not defined") }
        if depth == Self.maximumDepth { throw problem("exceeded maximum template depth (\(Self.maximumDepth))") }
        let item = try call.argument.map { argument throws(Problem) in try evaluate(argument, dot) } ?? .missing
        let (outer, caller) = (variables, name)
        (variables, name) = ([("$", item)], call.name)
        depth += 1
        _ = try render(body, item)
        depth -= 1
        (variables, name) = (outer, caller)
    }

    private mutating func loop(
        _ pipeline: Template.Pipeline, _ body: [Template.Node], _ otherwise: [Template.Node]?, _ dot: TemplateItem
    ) throws(Problem) -> Flow {
        let item = try evaluate(pipeline, dot)
        let entries = try entries(of: item, pipeline)
        if entries.isEmpty { return try render(otherwise ?? [], dot) }
        let scope = variables.count
        for index in 0..<entries.count {
            let (key, element) = entries[index]
            let isPair = pipeline.variables.count == 2
            if let first = pipeline.variables.first { try set(first, isPair ? key : element, pipeline, fromTop: isPair ? 2 : 1) }
            if isPair { try set(pipeline.variables[1], element, pipeline, fromTop: 1) }
            let flow = try render(body, element)
            variables.removeLast(variables.count - scope)
            try countStep()
            if flow == .breakLoop { break }
        }
        return .next
    }

    /// Gives a variable of `range` the value of one turn.
    private mutating func set(
        _ name: String, _ item: TemplateItem, _ pipeline: Template.Pipeline, fromTop place: Int
    ) throws(Problem) {
        if pipeline.assigns { try assign(name, item) } else { variables[variables.count - place].item = item }
    }

    /// What `range` goes through: numbers up to a count, or the members of a collection.
    private enum Entries {
        case count(Int)
        case members(Value)

        var count: Int {
            switch self {
            case .count(let count): max(0, count)
            case .members(let value): value.count
            }
        }
        var isEmpty: Bool { count == 0 }

        subscript(index: Int) -> (key: TemplateItem, element: TemplateItem) {
            switch self {
            case .count: (.missing, .integer(index))
            case .members(let value) where value.kind == .object:
                (TemplateItem(value.keys[index], isInterface: false), TemplateItem(value.values[index], isInterface: true))
            case .members(let value): (.integer(index), TemplateItem(value.elements[index], isInterface: true))
            }
        }
    }

    private func entries(of item: TemplateItem, _ pipeline: Template.Pipeline) throws(Problem) -> Entries {
        if item.isNil { return .count(0) }
        if case .integer(let count) = item.content {
            guard pipeline.variables.count < 2 else {
                throw problem("can't use \(count) to iterate over more than one variable")
            }
            return .count(count)
        }
        guard let value = item.collection, value.kind != .string else {
            throw problem("range can't iterate over \(item.text)")
        }
        return .members(value)
    }

    // MARK: Pipelines

    private mutating func assign(_ name: String, _ item: TemplateItem) throws(Problem) {
        guard let index = variables.lastIndex(where: { $0.name == name }) else {
            throw problem("undefined variable: \(name)")
        }
        variables[index].item = item
    }

    private mutating func evaluate(_ pipeline: Template.Pipeline, _ dot: TemplateItem) throws(Problem) -> TemplateItem {
        place = .pipeline(pipeline)
        var result: TemplateItem?
        for command in pipeline.commands { result = try evaluate(command, dot, last: result).unwrapped }
        let item = result ?? .missing
        for name in pipeline.variables {
            if pipeline.assigns { try assign(name, item) } else { variables.append((name, item)) }
        }
        return item
    }

    private mutating func evaluate(
        _ command: Template.Command, _ dot: TemplateItem, last: TemplateItem?
    ) throws(Problem) -> TemplateItem {
        let first = command.operands[0], hasArguments = command.operands.count > 1 || last != nil
        switch first.kind {
        case .field, .chain:
            return try evaluate(first, dot, hasArguments: hasArguments)
        case .variable(let names) where names.count > 1: return try evaluate(first, dot, hasArguments: hasArguments)
        case .function(let name):
            place = .operand(first)
            return try call(name, command, Array(command.operands.dropFirst()), dot, last)
        default:
            if case .pipeline = first.kind {} else { place = .operand(first) }
            if hasArguments { throw problem("can't give argument to non-function \(first.text)") }
            if case .null = first.kind { throw problem("nil is not a command") }
            return try evaluate(first, dot)
        }
    }

    /// The value of an operand as an argument.
    private mutating func evaluate(
        _ operand: Template.Operand, _ dot: TemplateItem, hasArguments: Bool = false
    ) throws(Problem) -> TemplateItem {
        if case .pipeline(let pipeline) = operand.kind { return try evaluate(pipeline, dot) }
        place = .operand(operand)
        switch operand.kind {
        case .dot: return dot
        case .field(let path): return try follow(path, from: dot, hasArguments)
        case .variable(let names):
            guard let variable = variables.last(where: { $0.name == names[0] }) else {
                throw problem("undefined variable: \(names[0])")
            }
            return try follow(Array(names.dropFirst()), from: variable.item, hasArguments)
        case .chain(let inner, let path):
            if case .null = inner.kind { throw problem("indirection through explicit nil in \(operand.text)") }
            let item = try evaluate(inner, dot)
            return try follow(path, from: item, hasArguments)
        case .function(let name): return try call(name, Template.Command(position: operand.position, operands: [operand]), [], dot, nil)
        case .string(let text): return TemplateItem(content: .value(context.arena.string(text)))
        case .integer(let number): return .integer(number)
        case .hugeInteger: throw problem("\(operand.source) overflows int")
        case .float(let number): return TemplateItem(content: .float(number))
        case .bool(let flag): return .bool(flag)
        case .null, .pipeline: return .missing
        }
    }

    private func follow(_ path: [String], from start: TemplateItem, _ hasArguments: Bool) throws(Problem) -> TemplateItem {
        var item = start
        for (index, name) in path.enumerated() {
            switch item.content {
            case .missing: return .missing
            case .null: throw problem("nil pointer evaluating \(item.typeName()).\(name)")
            case .value(let value) where value.kind == .object:
                if hasArguments, index == path.count - 1 { throw problem("\(name) is not a method but has arguments") }
                item = TemplateItem(value.field(named: name), isInterface: true)
            default: throw problem("can't evaluate field \(name) in type \(item.typeName())")
            }
        }
        return item
    }

    // MARK: Functions

    private mutating func call(
        _ name: String, _ command: Template.Command, _ operands: [Template.Operand], _ dot: TemplateItem,
        _ last: TemplateItem?
    ) throws(Problem) -> TemplateItem {
        let count = operands.count + (last == nil ? 0 : 1)
        guard let arity = TemplateFunctions.arities[name] else { throw problem("\(goQuoted(name)) is not a defined function") }
        if arity.isOpen ? count < arity.least : count != arity.least {
            let given = arity.isOpen ? operands.count : count
            throw problem("wrong number of args for \(name): want \(arity.isOpen ? "at least " : "")\(arity.least) got \(given)")
        }
        if name == "and" || name == "or" { return try combine(name == "or", operands, dot, last) }
        var arguments: [TemplateItem] = []
        for operand in operands {
            if name == "printf", arguments.isEmpty { try checkFormat(operand) }
            arguments.append(try evaluate(operand, dot))
            if name == "printf", arguments.count == 1 { try checkFormat(arguments[0]) }
        }
        if let last {
            arguments.append(last)
            if name == "printf", arguments.count == 1 { try checkFormat(last) }
        }
        do throws(TemplateFunctions.Failure) {
            return try functions.call(name, arguments, callee: operands.first?.text ?? "")
        } catch {
            place = .command(command)
            throw problem("error calling \(name): \(error.message)")
        }
    }

    /// Go refuses a constant that is no string before it evaluates it.
    private mutating func checkFormat(_ operand: Template.Operand) throws(Problem) {
        place = .operand(operand)
        switch operand.kind {
        case .null: throw problem("cannot assign nil to string")
        case .bool, .integer, .float, .hugeInteger: throw problem("expected string; found \(operand.text)")
        default: break
        }
    }

    private func checkFormat(_ item: TemplateItem) throws(Problem) {
        if item.isMissing { throw problem("invalid value; expected string") }
        guard item.collection?.kind == .string else {
            throw problem("wrong type for value; expected string; got \(item.typeName(dynamic: !item.isNil))")
        }
    }

    /// `and` and `or` stop at the first operand that decides.
    private mutating func combine(
        _ isOr: Bool, _ operands: [Template.Operand], _ dot: TemplateItem, _ last: TemplateItem?
    ) throws(Problem) -> TemplateItem {
        var item = TemplateItem.missing
        for operand in operands {
            item = try evaluate(operand, dot)
            if item.isTrue == isOr { return item }
        }
        return last ?? item
    }
}
