/// Applies a strategic merge patch as kustomize does (`kyaml/yaml/merge2` over `kyaml/yaml/walk`): maps by key, lists by
/// the merge keys of the API, `$patch: delete | replace | merge`; what a patch adds to a list comes first.
struct StrategicMerge {
    private let schemas: SchemaChoice

    init(_ schemas: SchemaChoice) { self.schemas = schemas }

    /// Merges a patch into an object.
    /// - Returns: whether anything is left; the patch may be taken apart.
    func apply(_ patch: Node, to target: Node) throws(BuildError) -> Bool {
        // The names of merged fields are texts, whatever they were in the patch.
        try patch.checkInnerKeys()
        return try walk(target, patch, nil) != nil
    }

    private func walk(_ target: Node?, _ patch: Node?, _ known: MergeSchema?) throws(BuildError) -> Node? {
        let schema = known ?? self.schema(target) ?? self.schema(patch)
        let sources = [target, patch].compactMap { $0 }.filter { !$0.isNull }
        guard let kind = sources.first?.kind else { return try mapping(target, patch, schema) }
        for source in sources where source.kind != kind { throw .wrongKind(source, expected: kind) }
        switch kind {
        case .mapping: return try mapping(target, patch, schema)
        case .scalar: return patch ?? target
        case .sequence:
            if let rule = schema?.rule { return try list(target, patch, schema, rule) }
            return patch ?? target
        }
    }

    /// The schema of an object inside of another, such as a template in a custom resource.
    private func schema(_ node: Node?) -> MergeSchema? {
        guard let node, node.kind == .mapping else { return nil }
        return schemas.schema(of: node)
    }

    // MARK: Directives

    private enum Directive { case merge, replace, delete }

    /// The `$patch` of a mapping, which is taken out.
    private func directive(_ patch: Node?) throws(BuildError) -> Directive {
        guard let patch, patch.kind == .mapping, let value = patch.field("$patch") else { return .merge }
        let result: Directive
        switch value.text {
        case "delete": result = .delete
        case "replace": result = .replace
        case "merge": result = .merge
        default: throw BuildError("unknown patch strategy '\(value.text)'", at: value)
        }
        patch.clear("$patch")
        return result
    }

    /// The directive of a list: an element that consists of `$patch` alone, which is taken out.
    private func listDirective(_ patch: Node?) throws(BuildError) -> Directive {
        guard let patch, patch.kind == .sequence else { return .merge }
        let isDirective = { (element: Node) in
            element.kind == .mapping && element.content.count == 2 && element.content[0].text == "$patch"
        }
        guard let element = patch.content.first(where: isDirective) else { return .merge }
        let result = try directive(element)
        patch.content.removeAll { $0 === element }
        return result
    }

    // MARK: Mappings

    private func mapping(_ target: Node?, _ patch: Node?, _ schema: MergeSchema?) throws(BuildError) -> Node? {
        guard let result = try mappingResult(target, patch) else { return nil }
        guard result.kind == .mapping else { return result }
        for name in Self.names(result, patch) {
            let merged = try walk(result.field(name), patch?.field(name), schema?.field(name))
            result.set(name, merged, keyOrigin: patch?.keyNode(name)?.origin ?? .none)
        }
        return result
    }

    /// The names of fields of both; where there is a patch in the order in which its own are added.
    private static func names(_ result: Node, _ patch: Node?) -> [String] {
        let own = stride(from: 0, to: result.content.count - 1, by: 2).map { result.content[$0].text }
        guard let patch, patch.kind == .mapping else { return own }
        return Set(own + patch.entries.map(\.key.text)).sorted()
    }

    private func mappingResult(_ target: Node?, _ patch: Node?) throws(BuildError) -> Node? {
        guard let target, !target.isNull else {
            if try directive(patch) == .delete { return nil }
            // A written-out null that the patch does not speak of stays.
            if patch == nil, let target, !target.text.isEmpty { return .scalar(target.text, origin: target.origin) }
            return patch
        }
        if patch?.isNull == true { return nil }
        switch try directive(patch) {
        case .delete: return nil
        case .replace: return patch
        case .merge: return target
        }
    }

    // MARK: Lists

    private func list(
        _ target: Node?, _ patch: Node?, _ schema: MergeSchema?, _ rule: MergeSchema.ListRule
    ) throws(BuildError) -> Node? {
        if let target, !target.isNull {
            if patch?.isNull == true { return nil }
            switch try listDirective(patch) {
            case .delete: return nil
            case .replace:
                return try patch.flatMap { patch throws(BuildError) in try elements(patch, patch, schema, rule) }
            case .merge: return try elements(target, patch, schema, rule)
            }
        }
        guard let patch else { return nil }
        return try elements(patch, patch, schema, rule)
    }

    private func elements(
        _ target: Node, _ patch: Node?, _ schema: MergeSchema?, _ rule: MergeSchema.ListRule
    ) throws(BuildError) -> Node? {
        if rule.keys.isEmpty { return scalars(target, patch) }
        let added = Node(.sequence, tag: .sequence, origin: target.origin)
        let identities = Self.joined(identities(patch, target, rule.keys))
        let used = rule.keys.indices.filter { index in identities.contains { !$0[index].isEmpty } }
        for identity in identities {
            if identity.allSatisfy(\.isEmpty) {
                // An element of the patch without keys matches, by its missing value, all that have them.
                target.content.removeAll { element in rule.keys.allSatisfy { element.field($0) != nil } }
                continue
            }
            let (keys, values) = Self.usable(identity, rule.keys)
            let own = target.element(keys, values)
            var change = patch?.element(keys, values)
            // An element is not replaced by nothing but its name.
            if own != nil, own !== change, let named = change, Self.replacesByNothing(named, rule.keys) { change = nil }
            if let own, let change, own !== change { Self.dropIdentity(keys, of: change, own) }
            let merged = try walk(own, change, schema?.elements)
            let place = (keys: used.map { rule.keys[$0] }, values: used.map { identity[$0] })
            guard let merged, !merged.isNull, !(merged.kind == .mapping && merged.content.isEmpty) else {
                Self.put(nil, place, in: target)
                continue
            }
            for (key, value) in zip(keys, values) where merged.field(key) == nil { merged.set(key, .scalar(value)) }
            Self.put(merged, place, in: added)
        }
        Self.append(target, to: added, used.map { rule.keys[$0] })
        return added
    }

    private static func replacesByNothing(_ element: Node, _ keys: [String]) -> Bool {
        element.field("$patch")?.text == "replace"
            && element.entries.allSatisfy { $0.key.text == "$patch" || keys.contains($0.key.text) }
    }

    /// Identities that only differ in keys that one of them does not have are one: a port with and without its protocol.
    private static func joined(_ identities: [[String]]) -> [[String]] {
        guard identities.contains(where: { $0.count > 1 }) else { return identities }
        var result = identities
        for first in result.indices {
            for second in result.indices {
                let pairs = Array(zip(result[first], result[second]))
                guard pairs.contains(where: { $0.0 == $0.1 }),
                    pairs.allSatisfy({ $0.0 == $0.1 || $0.0.isEmpty || $0.1.isEmpty })
                else { continue }
                let whole = pairs.map { $0.0.isEmpty ? $0.1 : $0.0 }
                (result[first], result[second]) = (whole, whole)
            }
        }
        return result
    }

    /// Whether an element has a place. An empty value is any that is there, and a key without a value is as the one before.
    private static func isAt(_ place: (keys: [String], values: [String]), _ element: Node) -> Bool {
        guard !place.values.isEmpty else { return false }
        return zip(place.keys, place.values).allSatisfy { key, value in
            element.field(key).map { value.isEmpty || $0.text == value } ?? false
        }
    }

    /// Puts an element in the place of all that are at its place, or at the end; nil removes them.
    private static func put(_ element: Node?, _ place: (keys: [String], values: [String]), in list: Node) {
        var kept: [Node] = []
        var isFound = false
        for item in list.content {
            if item.isNull || item.kind == .mapping && item.content.isEmpty { continue }
            guard item.kind == .mapping, isAt(place, item) else {
                kept.append(item)
                continue
            }
            isFound = true
            if let element { kept.append(element) }
        }
        if let element, !isFound, !element.isNull { kept.append(element) }
        list.content = kept
    }

    /// Adds the elements that were there, each in the place of the one with its keys. With several keys it moves to the end,
    /// and takes those with it that share the keys that it has.
    private static func append(_ target: Node, to added: Node, _ keys: [String]) {
        for element in target.content where element.kind == .mapping && !element.content.isEmpty {
            let values = keys.compactMap { key in element.field(key).flatMap { $0.isNullOrEmpty ? nil : $0.text } }
            if values.isEmpty {
                added.content.append(element)
                continue
            }
            if keys.count > 1 { put(nil, (keys, values), in: added) }
            put(element, (keys, values), in: added)
        }
    }

    /// What a patch says only to name an element does not give the element its name.
    private static func dropIdentity(_ keys: [String], of patch: Node, _ target: Node) {
        for key in keys where patch.field(key)?.tag == target.field(key)?.tag { patch.clear(key) }
    }

    /// The texts of the key fields of all elements, those of the patch first, each once.
    private func identities(_ patch: Node?, _ target: Node, _ keys: [String]) -> [[String]] {
        var seen: Set<String> = []
        var result: [[String]] = []
        for source in patch === target ? [target] : [patch, target].compactMap({ $0 }) {
            for element in source.content {
                let identity = keys.map { key in
                    element.field(key).map { $0.isNullOrEmpty ? "" : $0.text } ?? ""
                }
                if identity.allSatisfy(\.isEmpty), source === target { continue }
                // With their lengths, no two lists of texts are one text.
                let text = identity.count == 1 ? identity[0] : identity.map { "\($0.utf8.count):\($0)" }.joined()
                if seen.insert(text).inserted { result.append(identity) }
            }
        }
        return result
    }

    /// The keys that have a value, such as the port without the protocol.
    private static func usable(_ identity: [String], _ keys: [String]) -> (keys: [String], values: [String]) {
        let present = zip(keys, identity).filter { !$0.1.isEmpty }
        return present.isEmpty ? (keys, identity) : (present.map(\.0), present.map(\.1))
    }

    private func scalars(_ target: Node, _ patch: Node?) -> Node? {
        var seen: Set<String> = []
        let added = Node(.sequence, tag: .sequence, origin: target.origin)
        for source in patch === target ? [target] : [patch, target].compactMap({ $0 }) {
            for element in source.content where seen.insert(element.text).inserted {
                added.content.append(element)
            }
        }
        return added
    }
}
