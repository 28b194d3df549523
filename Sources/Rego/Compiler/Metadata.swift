public import Documents
public import RegoSyntax
import Text

/// Reads `# METADATA` blocks into the objects that `rego.metadata.rule` and `rego.metadata.chain` answer with
/// (OPA documentation, "Annotations").
public struct Metadata {
    let arena: Arena

    /// A reader that makes its values in `arena`.
    public init(arena: Arena) { self.arena = arena }

    /// The annotations of a block with `scope` filled in and short forms written out; nil when it is not a YAML object.
    public func object(_ block: Annotations, in module: Module) -> Value? {
        var text = block.source(in: module)
        guard let value = text.withUTF8({ try? YAMLReader.value($0, in: arena, hasWordBooleans: false) }), value.kind == .object
        else { return nil }
        var entries = zip(value.keys, value.values).map { key, value in
            ObjectEntry(key: key, value: expanded(key.string, value))
        }
        if value.field("scope").isUndefined {
            entries.append(ObjectEntry(key: arena.string("scope"), value: arena.string(defaultScope(block, value))))
        }
        return arena.object(entries)
    }

    private func defaultScope(_ block: Annotations, _ value: Value) -> String {
        if case .rule = block.target { return value.field("entrypoint").isTrue ? "document" : "rule" }
        return "package"
    }

    private func expanded(_ key: String, _ value: Value) -> Value {
        switch key {
        case "authors" where value.kind == .array: arena.array(value.elements.map(author))
        case "related_resources" where value.kind == .array:
            arena.array(value.elements.map { $0.kind == .string ? arena.object(["ref": $0]) : $0 })
        default: value
        }
    }

    /// `Jane Doe <jane@example.com>` as an object of name and e-mail address.
    private func author(_ value: Value) -> Value {
        guard let text = value.stringValue else { return value }
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard let last = words.last, last.hasPrefix("<"), last.hasSuffix(">") else {
            return arena.object(["name": arena.string(words.joined(separator: " "))])
        }
        let email = arena.string(String(last.dropFirst().dropLast()))
        if words.count == 1 { return arena.object(["email": email]) }
        return arena.object(["email": email, "name": arena.string(words.dropLast().joined(separator: " "))])
    }

    /// The annotations of one rule: those of its own scope.
    func rule(_ definition: RuleDefinition) -> Value? { own(definition).first { $0.field("scope").stringValue == "rule" } }

    private func own(_ definition: RuleDefinition) -> [Value] {
        definition.module.annotations.compactMap { block in
            guard case .rule(let index) = block.target,
                definition.module.rules[index].location == definition.rule.location
            else { return nil }
            return object(block, in: definition.module)
        }
    }

    /// The annotations that apply to a rule, the nearest first: rule, document, package, packages above.
    func chain(_ definition: RuleDefinition, among modules: [Module]) -> Value {
        let path = arena.array(definition.path.map { arena.string($0) })
        var links: [Value] = []
        if let own = rule(definition) { links.append(link(path, own)) }
        for module in modules {
            for block in module.annotations {
                guard case .rule(let index) = block.target, Self.path(of: module.rules[index], in: module) == definition.path,
                    let value = object(block, in: module), value.field("scope").stringValue == "document"
                else { continue }
                links.append(link(path, value))
            }
        }
        if links.isEmpty { links.append(arena.object(["path": path])) }
        let package = definition.module.package.path.constantPath
        for length in stride(from: package.count, through: 0, by: -1) {
            let place = Array(package[..<length])
            for module in modules where module.package.path.constantPath == place {
                for block in module.annotations {
                    if case .rule = block.target { continue }
                    guard let value = object(block, in: module), let scope = value.field("scope").stringValue,
                        scope == "subpackages" || scope == "package" && length == package.count
                    else { continue }
                    links.append(link(arena.array(place.map { arena.string($0) }), value))
                }
            }
        }
        return arena.array(links)
    }

    /// The modules with labels in their annotations.
    func labelled(_ modules: [Module]) -> [Module] {
        modules.filter { module in
            module.annotations.contains { block in
                // Most have none, and reading them takes longer than a look at their text.
                ByteSearch.first(Array("labels".utf8), in: Array(block.source(in: module).utf8)) != nil
                    && object(block, in: module)?.field("labels").kind == .object
            }
        }
    }

    /// The labels of a rule with those of its document and packages, the nearest first where names are the same; nil for none.
    ///
    /// - Parameter modules: those of `labelled`.
    func labels(_ definition: RuleDefinition, among modules: [Module]) -> Value? {
        if modules.isEmpty { return nil }
        var entries: [ObjectEntry] = []
        for link in chain(definition, among: modules).elements {
            let labels = link.field("annotations").field("labels")
            guard labels.kind == .object else { continue }
            for (key, value) in zip(labels.keys, labels.values) where !entries.contains(where: { $0.key == key }) {
                entries.append(ObjectEntry(key: key, value: value))
            }
        }
        return entries.isEmpty ? nil : arena.object(entries)
    }

    private func link(_ path: Value, _ annotations: Value) -> Value {
        arena.object(["annotations": annotations, "path": path])
    }

    private static func path(of rule: Rule, in module: Module) -> [String] {
        module.package.path.constantPath + [rule.head.name] + rule.head.ref.constantPath
    }
}
