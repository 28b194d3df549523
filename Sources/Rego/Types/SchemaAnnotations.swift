import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// What a rule knows of documents from schemas.
struct SchemaScope {
    /// The type of the input document.
    var input: RegoType
    /// Types of base documents, by path below `data`; of two that fit the later counts.
    var data: [(path: [String], type: RegoType)] = []

    /// Puts a type at a path that starts with `input` or `data`.
    /// - Parameter keys: the keys beside it where nothing was known.
    mutating func put(_ type: RegoType, at path: [String], beside keys: RegoType = .any) {
        let rest = Array(path.dropFirst())
        if path.first == "input" {
            input = Self.overridden(input, rest[...], type, keys)
        } else if let index = data.lastIndex(where: { rest.starts(with: $0.path) }), data[index].path.count < rest.count {
            data[index].type = Self.overridden(data[index].type, rest.dropFirst(data[index].path.count), type, keys)
        } else if keys == .any {
            data.append((rest, type))
        } else if let first = rest.first {
            data.append(([first], Self.overridden(.any, rest.dropFirst(), type, keys)))
        }
    }

    /// The type of a base document and how many keys of `path` lead to it.
    func document(_ path: [String]) -> (type: RegoType, used: Int)? {
        data.last { path.starts(with: $0.path) }.map { ($0.type, $0.path.count) }
    }

    /// A type with a part replaced; what is not an object becomes one with that part and any others.
    private static func overridden(_ type: RegoType, _ path: ArraySlice<String>, _ part: RegoType, _ keys: RegoType) -> RegoType {
        guard let key = path.first else { return part }
        var properties: [RegoType.Property] = [], dynamic: RegoType.DynamicProperty? = .init(keys, .any)
        if case .object(let known, let rest) = type { (properties, dynamic) = (known, rest) }
        if let index = properties.firstIndex(where: { $0.key == key }) {
            properties[index].type = overridden(properties[index].type, path.dropFirst(), part, keys)
        } else {
            properties.append(.init(key, overridden(.any, path.dropFirst(), part, keys)))
        }
        return .object(static: properties, dynamic: dynamic)
    }
}

/// The `schemas` annotations of all modules (OPA documentation, "Annotations": scopes and overriding).
struct SchemaAnnotations {
    private struct Entry {
        var path: [String]
        var schema: Schema
    }
    private enum Schema {
        case reference([String])
        case type(Result<RegoType, SchemaProblem>)
    }
    private struct Block {
        var scope: String
        var package: [String]
        /// The document of the rule that the block stands above.
        var document: [String]?
        var rule: Location?
        var module: Int
        var entries: [Entry]
    }

    private let compilation: Compilation
    private let schemas: SchemaSet?
    private let inputType: RegoType
    private var blocks: [Block] = []

    init(_ compilation: Compilation, schemas: SchemaSet?, inputType: RegoType) {
        self.compilation = compilation
        self.schemas = schemas
        if case .success(let type)? = schemas?[[]] { self.inputType = type } else { self.inputType = inputType }
        let metadata = Metadata(arena: compilation.arena)
        for (index, module) in compilation.modules.enumerated() {
            for block in module.annotations where block.source(in: module).contains("schemas:") {
                guard let value = metadata.object(block, in: module) else { continue }
                var found = Block(
                    scope: value.field("scope").stringValue ?? "", package: module.package.path.constantPath, module: index,
                    entries: entries(value.field("schemas"), module.range(of: block.location)))
                if case .rule(let number) = block.target {
                    let head = module.rules[number].head
                    found.document = found.package + [head.name] + head.ref.constantPath
                    found.rule = module.rules[number].location
                }
                blocks.append(found)
            }
        }
    }

    private func entries(_ list: Value, _ place: SourceRange) -> [Entry] {
        func report(_ message: String) {
            compilation.report(Diagnostic(code: RegoCode.parse, message: message, range: place))
        }
        guard list.kind == .array else {
            report("invalid schema definition: schemas must be a list")
            return []
        }
        return list.elements.compactMap { item in
            guard item.kind == .object, item.count == 1, let text = item.keys[0].stringValue,
                let path = Self.path(text), path.first == "input" || path.first == "data"
            else {
                report("invalid document reference in schemas: give one path that begins with input or data")
                return nil
            }
            let schema = item.values[0]
            if let name = schema.stringValue {
                guard let reference = Self.path(name), reference.first == "schema" else {
                    report("invalid schema reference \(name): it must begin with schema")
                    return nil
                }
                return Entry(path: path, schema: .reference(Array(reference.dropFirst())))
            }
            guard schema.kind == .object else {
                report("invalid schema definition for \(text)")
                return nil
            }
            return Entry(path: path, schema: .type(Result { () throws(SchemaProblem) in try SchemaTypes.type(of: schema) }))
        }
    }

    /// The head and constant keys of a reference written in an annotation.
    private static func path(_ text: String) -> [String]? {
        guard let term = Parser.parseTerm(SourceFile(path: "schemas", text: text)).0 else { return nil }
        switch term.value {
        case .var(let name): return [name]
        case .ref(let ref):
            guard let head = ref.terms.first?.varName, ref.isConstantPath else { return nil }
            return [head] + ref.constantPath
        default: return nil
        }
    }

    /// What a query knows: the schema of all input.
    var queryScope: SchemaScope { SchemaScope(input: inputType) }

    /// What a rule knows: schemas of packages above it, its package, its document and its own, each overriding those before.
    func scope(of definition: RuleDefinition) -> SchemaScope {
        var result = queryScope
        if blocks.isEmpty { return result }
        let package = definition.module.package.path.constantPath
        let above = blocks.filter { $0.scope == "subpackages" && package.starts(with: $0.package) }
        let nearer = blocks.filter { block in
            switch block.scope {
            case "package": block.package == package
            case "document": block.document == definition.path
            case "rule": block.module == definition.moduleIndex && block.rule == definition.rule.location
            default: false
            }
        }
        let order = ["package", "document", "rule"]
        let inOrder =
            above.sorted { $0.package.count < $1.package.count }
            + order.flatMap { scope in nearer.filter { $0.scope == scope } }
        for block in inOrder {
            for entry in block.entries {
                if let type = type(entry.schema, for: definition) { result.put(type, at: entry.path) }
            }
        }
        return result
    }

    private func type(_ schema: Schema, for definition: RuleDefinition) -> RegoType? {
        let found: Result<RegoType, SchemaProblem>
        switch schema {
        case .type(let type): found = type
        case .reference(let path):
            guard let schemas else { return nil }  // without --schema annotations that name schemas have no effect
            let name = (["schema"] + path).joined(separator: ".")
            found = schemas[path] ?? .failure(SchemaProblem(message: "undefined schema: \(name)"))
        }
        switch found {
        case .success(let type): return type
        case .failure(let problem):
            compilation.report(
                Diagnostic(
                    code: RegoCode.type, message: problem.message, range: definition.range(definition.rule.head.location)))
            return nil
        }
    }

    /// Reports a schema of all input that cannot be used.
    func reportGlobal() {
        if case .failure(let problem)? = schemas?[[]] {
            compilation.report(Diagnostic(code: RegoCode.type, message: problem.message))
        }
    }
}
