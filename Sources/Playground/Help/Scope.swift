import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging
import RegoRuntime
import RegoSyntax
import Schemas

/// What the names at a place of a module stand for. It reads text, not syntax trees: what is being written rarely parses.
struct Scope {
    let modules: PolicyModules
    /// The module, as far as it can be read.
    let module: Module?
    private let table: FieldTable
    private let library: PolicyLibrary
    private let roots: [Value]
    private let data: RunData
    private let dataDocument: DataDocument
    private let imports: [String: [String]]
    /// The lines before the place: of the whole module, and of the rule around it.
    private var lines: [Substring] = []
    private var ruleLines: [Substring] = []
    private let form: InputForm

    init(_ workspace: Workspace, file: SourceFile, offset: Int, library: PolicyLibrary, limit: Int) {
        let modules = PolicyModules(workspace.sources(.policies) + workspace.sources(.tests), library: library)
        var data = RunData(workspace, limit: limit)
        data.configure(workspace, policies: modules.known)
        self.init(modules, data, file: file, library: library)
        move(to: offset, in: file)
    }

    /// A scope that stands nowhere yet.
    init(_ modules: PolicyModules, _ data: RunData, file: SourceFile, library: PolicyLibrary) {
        self.library = library
        self.modules = modules
        self.data = data
        module = modules.modules.first { $0.file.path == file.path }
        imports = module?.importedPaths ?? [:]
        dataDocument = data.document(for: [])
        table = FieldTable(data.release, objects: Set(data.subjects.list.map(\.type.groupKind)))
        roots = data.subjects.list.prefix(50).map(\.document.root)
        form = modules.form(ofFile: file.path)
    }

    /// Looks from another place of the module.
    mutating func move(to offset: Int, in file: SourceFile) {
        let text = String(decoding: file.bytes.prefix(offset), as: UTF8.self)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.lastIndex { line in line.first.map { $0.isLetter || $0 == "_" } ?? false } ?? 0
        ruleLines = Array(lines[start...])
    }

    // MARK: Input

    /// A node of the input: the types that are known of it, and its values in the inputs at hand.
    struct Node {
        var types: [FieldTable.Types]
        var values: [Value]
    }

    /// What a reference leads to within the input; nil when it leads elsewhere.
    func node(_ reference: Reference) -> Node? { node(reference.head, reference.steps[...], depth: 0) }

    private func node(_ head: String, _ steps: ArraySlice<Reference.Step>, depth: Int) -> Node? {
        if depth > 8 { return nil }
        var node: Node
        var steps = steps
        if head == "input" {
            (node, steps) = root(steps)
        } else if let path = imports[head], path.first == "input" {
            let names: [Reference.Step] = path.dropFirst().map { $0 }
            return self.node("input", (names + steps)[...], depth: depth + 1)
        } else if let (source, isElement) = origin(of: head) {
            guard let found = self.node(source.head, source.steps[...], depth: depth + 1) else { return nil }
            node = isElement ? below(found, nil) : found
        } else {
            return nil
        }
        for step in steps { node = below(node, step) }
        return node
    }

    /// The start of `input`, and the steps that remain.
    private func root(_ steps: ArraySlice<Reference.Step>) -> (Node, ArraySlice<Reference.Step>) {
        switch form {
        case .object: (Node(types: [.object], values: roots), steps)
        case .objects: listRoot(steps, skipping: 1)
        case .combined: listRoot(steps, skipping: 2)
        case .both:
            switch steps.first {
            case "request": admissionRoot(RequestShapes.review, "request", steps)
            case "review", "parameters": admissionRoot(RequestShapes.gatekeeper, "review", steps)
            default: (Node(types: [.object], values: roots), steps)
            }
        case .review: admissionRoot(RequestShapes.review, "request", steps)
        case .gatekeeper: admissionRoot(RequestShapes.gatekeeper, "review", steps)
        }
    }

    private func admissionRoot(
        _ shape: Shape, _ name: String, _ steps: ArraySlice<Reference.Step>
    ) -> (Node, ArraySlice<Reference.Step>) {
        let names = Array(steps.prefix(2))
        if names == [name, "object"] || names == [name, "oldObject"] {
            return (Node(types: [.object], values: roots), steps.dropFirst(2))
        }
        return (Node(types: [.shape(shape)], values: []), steps)
    }

    /// Of a list of objects, or of files with `contents`; the list itself has no members by name.
    private func listRoot(_ steps: ArraySlice<Reference.Step>, skipping count: Int) -> (Node, ArraySlice<Reference.Step>) {
        guard steps.count >= count, steps.first == .some(.none), count == 1 || steps.dropFirst().first == "contents" else {
            return (Node(types: [], values: []), [])
        }
        return (Node(types: [.object], values: roots), steps.dropFirst(count))
    }

    private func below(_ node: Node, _ step: Reference.Step) -> Node {
        let values = node.values.flatMap { value -> [Value] in
            switch value.kind {
            case .object:
                guard let step else { return Array(value.values) }
                let member = value.field(named: step)
                return member.isDefined ? [member] : []
            case .array: return Array(value.elements)
            default: return []
            }
        }
        return Node(types: table.types(below: node.types, step), values: Array(values.prefix(200)))
    }

    /// What the types of a node are called.
    func typeNames(of node: Node) -> [String] { table.names(of: node.types) }

    /// The members that a node may have, those of its type first, then others that the inputs show.
    func fields(of node: Node) -> [FieldTable.Field] {
        var fields = table.fields(of: node.types)
        var seen = Set(fields.map(\.name))
        for value in node.values where value.kind == .object {
            for (key, member) in zip(value.keys, value.values) where seen.insert(key.string).inserted {
                let shown = member.isCollection ? member.typeName : ValueText.term(member, limit: 60)
                fields.append(FieldTable.Field(name: key.string, type: member.typeName, text: "In the input: \(shown)."))
            }
        }
        return fields
    }

    // MARK: Variables

    /// Where a variable of the rule comes from, and whether it is an element of that.
    private func origin(of name: String) -> (source: Reference, isElement: Bool)? {
        for line in ruleLines.reversed() {
            if let found = Self.origin(of: name, in: line) { return found }
        }
        // A rule such as `request := input.request`.
        for line in lines where line.hasPrefix(name + " := ") {
            if let found = Self.origin(of: name, in: line) { return found }
        }
        return nil
    }

    private static func origin(of name: String, in line: Substring) -> (source: Reference, isElement: Bool)? {
        let bytes = Array(line.utf8)
        for (mark, isElement) in [("\(name) in ", true), ("\(name) := ", false)] {
            guard let range = line.firstRange(of: mark) else { continue }
            let start = line.utf8.distance(from: line.startIndex, to: range.lowerBound)
            if start > 0, Reference.isName(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") { continue }
            let from = line.utf8.distance(from: line.startIndex, to: range.upperBound)
            if let source = Reference(in: bytes, startingAt: from), source.head != name { return (source, isElement) }
        }
        return nil
    }

    /// The variables that the rule declares before the place.
    var variables: [String] {
        var names: [String] = []
        for line in ruleLines {
            for mark in ["some ", "every "] {
                guard let range = line.firstRange(of: mark), let end = line[range.upperBound...].firstRange(of: " in ") else {
                    continue
                }
                names += line[range.upperBound..<end.lowerBound].split(separator: ",").map { $0.trimmed }
            }
            if let range = line.firstRange(of: " := ") {
                names.append(
                    String(line[..<range.lowerBound].reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed()))
            }
        }
        return Array(Set(names.filter { !$0.isEmpty && $0 != "_" })).sorted()
    }

    // MARK: Rules and data

    /// The path below `data` that a reference's names lead to; nil when it is none.
    func dataPath(_ reference: Reference) -> [String]? {
        let names = reference.steps.compactMap { $0 }
        guard names.count == reference.steps.count else { return nil }
        if reference.head == "data" { return names }
        guard let path = imports[reference.head], path.first == "data" else { return nil }
        return path.dropFirst() + names
    }

    /// The package of the module.
    var package: [String] { module?.package.path.names ?? [] }

    /// The names that packages continue a path with.
    func packages(below path: [String]) -> [String] {
        let packages =
            modules.all.map(\.package.path.names) + library.packed.packages.map { $0.split(separator: ".").map(String.init) }
        let found = packages.compactMap { package -> String? in
            return package.count > path.count && package.starts(with: path) ? package[path.count] : nil
        }
        return Array(Set(found)).sorted()
    }

    /// The rules of a package, each name once.
    func rules(of package: [String]) -> [RuleHelp] {
        var seen = Set<String>()
        var own = modules.all.filter { $0.package.path.names == package }
        if own.isEmpty {
            own = library.packed.sources(ofPackage: package.joined(separator: ".")).map { file in
                Parser.parseModule(SourceFile(path: "library/" + file.path.dropFirst("policies/".count), bytes: file.bytes)).0
            }.filter { $0.package.path.names == package }
        }
        return own.flatMap { module in
            module.rules.compactMap { rule in
                seen.insert(rule.head.name).inserted ? RuleHelp(rule, in: module) : nil
            }
        }
    }

    /// The members of the data document at a path.
    func dataMembers(at path: [String]) -> [(name: String, value: Value)] {
        let value = path.reduce(dataDocument.document.root) { $0.field(named: $1) }
        guard value.kind == .object else { return [] }
        return zip(value.keys, value.values).map { ($0.string, $1) }
    }

    var importNames: [(name: String, path: [String])] { imports.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
}

/// What is said about a rule.
struct RuleHelp {
    let name: String
    let isFunction: Bool
    /// `floating(image)`, `deny contains …`.
    let signature: String
    /// The comment above it.
    let text: String
    let range: SourceRange

    init(_ rule: Rule, in module: Module) {
        name = rule.head.name
        isFunction = rule.head.isFunction
        range = module.range(of: rule.location)
        let arguments = rule.head.args.map { module.range(of: $0.location).text }.joined(separator: ", ")
        let path = "data.\(module.packageName).\(name)"
        signature = rule.head.isFunction ? "\(path)(\(arguments))" : rule.head.isPartialSet ? "\(path) contains …" : path
        var line = range.position.line - 1
        var words: [String] = []
        let comments = Dictionary(
            module.comments.map { (module.range(of: $0.location).position.line, $0.text(in: module.file).trimmed) },
            uniquingKeysWith: { first, _ in first })
        while let comment = comments[line], !comment.hasPrefix("METADATA") {
            words.insert(comment, at: 0)
            line -= 1
        }
        text = comments[line]?.hasPrefix("METADATA") ?? false ? "" : words.joined(separator: " ")
    }
}
