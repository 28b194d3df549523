import GoTemplate
import Text

/// A mention of a value in a template: `.Values.image.tag`, `index .Values "image"`.
struct ValueReference {
    enum Use {
        /// Its text is written as it is, so that a value that is not there leaves a hole.
        case written
        /// It may be missing: a condition, a default, an argument of a function.
        case tested
        /// The template gives it a value.
        case set
    }

    var path: [String]
    var use: Use
    /// The number of the template among those that are looked at.
    var file: Int
    var offset: Int
    /// Whether it stands in no branch.
    var isUnconditional: Bool
    /// Whether what stands before `Values` is the scope of the chart itself.
    var isOwn: Bool
    /// Whether it is written with dots alone, so that the rendering fails where it goes on behind nothing.
    var isPlain = false
}

/// Finds the mentions of values, and the names of templates, in the templates of a chart.
struct ReferenceSearch {
    /// A template that another one asks for by a constant name.
    struct Call {
        var name: String
        var file: Int
        var offset: Int
    }

    private(set) var references: [ValueReference] = []
    private(set) var calls: [Call] = []
    /// Whether all values are handed to something that may use any of them.
    private(set) var usesAll = false
    /// The paths of values whose types templates look at.
    private(set) var typeTests: Set<[String]> = []

    private var file = 0
    private var depth = 0

    mutating func add(_ bodies: [TemplateBody], file: Int) {
        self.file = file
        for body in bodies { walk(body.nodes) }
    }

    /// Mentions in a text that becomes a template only later, such as a value that `tpl` takes.
    mutating func add(text: ArraySlice<UInt8>) {
        let mark = Array(".Values".utf8)
        var position = text.startIndex
        while let place = ByteSearch.first(mark, in: text[position...]) {
            var end = place.upperBound
            var path: [String] = []
            while end < text.endIndex, text[end] == UInt8(ascii: ".") {
                let name = text[(end + 1)...].prefix { Self.isName($0) }
                if name.isEmpty { break }
                path.append(String(decoding: name, as: UTF8.self))
                end = name.endIndex
            }
            if path.isEmpty { usesAll = true } else { note(path, .tested, offset: 0, isOwn: false) }
            position = end
        }
    }

    static func isName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte >= 0x80
    }

    // MARK: Nodes

    private mutating func walk(_ nodes: [TemplateNode]) {
        for node in nodes {
            switch node {
            case .text, .breakLoop, .continueLoop: break
            case .output(let pipeline): walk(pipeline, isWritten: pipeline.variables.isEmpty)
            case .template(let call):
                calls.append(Call(name: call.name, file: file, offset: call.position))
                if let argument = call.argument { walk(argument, isWritten: false) }
            case .branch(let branch):
                walk(branch.pipeline, isWritten: false)
                depth += 1
                walk(branch.body)
                walk(branch.otherwise ?? [])
                depth -= 1
            }
        }
    }

    private mutating func walk(_ pipeline: Pipeline, isWritten: Bool) {
        let commands = pipeline.commands
        // What a command gives is written when all behind it write.
        let firstWriter = commands.lastIndex { !(Self.function($0).map(Self.writers.contains) ?? false) } ?? 0
        for (index, command) in commands.enumerated() {
            walk(command, isWritten: isWritten && index >= firstWriter, piped: index > 0 ? commands[index - 1] : nil)
        }
    }

    /// Functions that make a text of what they get, also of nothing.
    private static let writers: Set<String> = [
        "quote", "squote", "toString", "indent", "nindent", "trim", "trunc", "trimSuffix", "trimPrefix", "lower", "upper", "int",
        "int64", "toYaml", "toJson", "b64enc", "printf", "print",
    ]
    /// Functions that give or change members of their first argument.
    private static let setters: Set<String> = ["set", "merge", "mustMerge", "mergeOverwrite", "mustMergeOverwrite", "unset"]

    /// Functions that tell the type of what they get.
    private static let typeTesters: Set<String> = ["kindIs", "kindOf", "typeIs", "typeIsLike", "typeOf"]

    private static func function(_ command: Command) -> String? {
        guard case .function(let function)? = command.operands.first?.kind else { return nil }
        return function.name
    }

    private static func constant(_ operand: TemplateOperand) -> String? {
        guard case .constant(let value) = operand.kind else { return nil }
        return value.asString
    }

    private mutating func walk(_ command: Command, isWritten: Bool, piped: Command?) {
        guard let name = Self.function(command) else {
            for operand in command.operands { walk(operand, isWritten ? .written : .tested) }
            return
        }
        let arguments = command.operands.dropFirst()
        if ["include", "template"].contains(name), let first = arguments.first, let called = Self.constant(first) {
            calls.append(Call(name: called, file: file, offset: first.position))
        }
        if walk(members: Array(arguments), of: name) { return }
        if Self.typeTesters.contains(name) {
            let tested = Array(arguments) + (piped.map { $0.operands.count == 1 ? $0.operands : [] } ?? [])
            typeTests.formUnion(tested.compactMap { Self.path(of: $0)?.path })
        }
        let use: ValueReference.Use = isWritten && Self.writers.contains(name) ? .written : .tested
        for (index, operand) in arguments.enumerated() {
            walk(operand, index == 0 && Self.setters.contains(name) ? .set : use)
        }
    }

    /// Functions that take names of members beside their map; false for all others.
    private mutating func walk(members arguments: [TemplateOperand], of name: String) -> Bool {
        let map: TemplateOperand, names: ArraySlice<TemplateOperand>
        switch name {
        case "index" where arguments.count > 1: (map, names) = (arguments[0], arguments[1...])
        case "get" where arguments.count == 2, "hasKey" where arguments.count == 2:
            (map, names) = (arguments[0], arguments[1...])
        case "set" where arguments.count == 3: (map, names) = (arguments[0], arguments[1..<2])
        case "dig" where arguments.count > 2: (map, names) = (arguments[arguments.count - 1], arguments.dropLast(2))
        case "pluck" where arguments.count == 2: (map, names) = (arguments[1], arguments[..<1])
        default: return false
        }
        guard let (path, isOwn) = Self.path(of: map) else { return false }
        let constants = names.prefix { Self.constant($0) != nil }.compactMap(Self.constant)
        let whole = path + constants
        if whole.isEmpty {
            usesAll = true
        } else {
            note(whole, name == "set" ? .set : .tested, offset: map.position, isOwn: isOwn)
        }
        for operand in arguments where operand !== map && Self.constant(operand) == nil { walk(operand, .tested) }
        return true
    }

    /// The path below `Values` of an operand that names some; empty for all of them.
    private static func path(of operand: TemplateOperand) -> (path: [String], isOwn: Bool)? {
        let names: [String], isRoot: Bool
        switch operand.kind {
        case .field(let fields): (names, isRoot) = (fields, true)
        case .variable(let variable, let fields): (names, isRoot) = (fields, variable == "$")
        case .chain(let inner, let fields):
            guard let (path, isOwn) = path(of: inner) else { (names, isRoot) = (fields, false); break }
            return (path + fields, isOwn)
        case .pipeline(let pipeline):
            guard pipeline.variables.isEmpty, pipeline.commands.count == 1, pipeline.commands[0].operands.count == 1 else {
                return nil
            }
            return path(of: pipeline.commands[0].operands[0])
        default: return nil
        }
        guard let index = names.firstIndex(of: "Values") else { return nil }
        return (Array(names[(index + 1)...]), isRoot && index == 0)
    }

    private mutating func walk(_ operand: TemplateOperand, _ use: ValueReference.Use) {
        var use = use
        if case .chain = operand.kind, use == .written { use = .tested }
        if let (path, isOwn) = Self.path(of: operand) {
            var isPlain = false
            switch operand.kind {
            case .field, .variable: isPlain = true
            default: break
            }
            if path.isEmpty {
                usesAll = true
            } else {
                note(path, use, offset: operand.position, isOwn: isOwn, isPlain: isPlain)
            }
            return
        }
        switch operand.kind {
        case .pipeline(let pipeline): walk(pipeline, isWritten: use == .written)
        case .chain(let inner, _): walk(inner, .tested)
        default: break
        }
    }

    private mutating func note(
        _ path: [String], _ use: ValueReference.Use, offset: Int, isOwn: Bool, isPlain: Bool = false
    ) {
        references.append(
            ValueReference(
                path: path, use: use, file: file, offset: offset, isUnconditional: depth == 0, isOwn: isOwn, isPlain: isPlain))
    }
}
