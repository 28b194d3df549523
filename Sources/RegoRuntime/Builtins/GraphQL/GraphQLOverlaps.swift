import Documents
import Text

/// Finds fields that would be merged under one name but cannot be (GraphQL specification, section 5.3.2).
struct GraphQLOverlaps {
    struct Conflict {
        var message: String
        var field: GraphQLNode
    }

    private struct Entry {
        var field: GraphQLNode
        var parent: GraphQLSchema.TypeDefinition?
        var definition: GraphQLNode?
    }

    let schema: GraphQLSchema
    let fragments: UnsafeBufferPointer<GraphQLNode>
    /// Pairs compared so far; beyond the limit the query counts as conflicting, so that no query costs without bound.
    private var comparisons = 0

    init(schema: GraphQLSchema, fragments: UnsafeBufferPointer<GraphQLNode>) {
        (self.schema, self.fragments) = (schema, fragments)
    }

    /// The first conflict at any depth.
    mutating func conflict(
        in selections: UnsafeBufferPointer<GraphQLNode>, of type: GraphQLSchema.TypeDefinition?
    ) -> Conflict? {
        var entries: [Entry] = []
        var visited: Set<String> = []
        collect(selections, of: type, &entries, &visited)
        guard let found = conflict(among: entries, depth: 0) else { return nil }
        return Conflict(
            message: "Fields \"\(found.name)\" conflict because \(found.reason). Use different aliases on the fields to "
                + "fetch both if this was intentional.", field: found.field)
    }

    private func collect(
        _ selections: UnsafeBufferPointer<GraphQLNode>, of type: GraphQLSchema.TypeDefinition?,
        _ entries: inout [Entry], _ visited: inout Set<String>
    ) {
        for selection in selections {
            guard WorkMeter.charge(50) else { return }
            let condition = selection.word("TypeCondition")
            if selection.field("Alias").isDefined {
                let definition = type.flatMap { schema.field(selection.word("Name"), of: $0) }
                entries.append(Entry(field: selection, parent: type, definition: definition))
            } else if selection.field("TypeCondition").isDefined {
                let inner = condition.isEmpty ? type : schema.types[condition]
                collect(selection.list("SelectionSet"), of: inner, &entries, &visited)
            } else if visited.insert(selection.word("Name")).inserted,
                let fragment = GraphQLNode.named(selection.word("Name"), in: fragments)
            {
                let inner = schema.types[fragment.word("TypeCondition")]
                collect(fragment.list("SelectionSet"), of: inner, &entries, &visited)
            }
        }
    }

    private typealias Found = (name: String, reason: String, field: GraphQLNode)

    private mutating func conflict(among entries: [Entry], depth: Int) -> Found? {
        var byName: [String: [Entry]] = [:]
        for entry in entries {
            let name = entry.field.word("Alias")
            for other in byName[name] ?? [] {
                if let reason = reason(other, entry, depth: depth) { return (name, reason, entry.field) }
            }
            byName[name, default: []].append(entry)
        }
        for name in byName.keys.sorted() {
            guard let group = byName[name], group.count == 1 else { continue }
            if let found = conflict(below: group, depth: depth) { return found }
        }
        return nil
    }

    private mutating func conflict(below group: [Entry], depth: Int) -> Found? {
        var entries: [Entry] = []
        var visited: Set<String> = []
        for entry in group {
            let type = entry.definition.flatMap { schema.types[GraphQLType($0.field("Type")).name] }
            collect(entry.field.list("SelectionSet"), of: type, &entries, &visited)
        }
        return entries.isEmpty || depth > 200 ? nil : conflict(among: entries, depth: depth + 1)
    }

    private mutating func reason(_ left: Entry, _ right: Entry, depth: Int) -> String? {
        comparisons += 1
        guard WorkMeter.charge(100) else { return "the budget is spent" }
        if comparisons > 100_000 { return "there are too many fields to compare" }
        let areExclusive =
            left.parent?.kind == "OBJECT" && right.parent?.kind == "OBJECT" && left.parent?.name != right.parent?.name
        if !areExclusive {
            let (leftName, rightName) = (left.field.word("Name"), right.field.word("Name"))
            if leftName != rightName { return "\"\(leftName)\" and \"\(rightName)\" are different fields" }
            if !sameArguments(left.field, right.field) { return "they have differing arguments" }
        }
        if let leftType = left.definition.map({ GraphQLType($0.field("Type")) }),
            let rightType = right.definition.map({ GraphQLType($0.field("Type")) }), clash(leftType, rightType)
        {
            return "they return conflicting types \"\(leftType.text)\" and \"\(rightType.text)\""
        }
        return conflict(below: [left, right], depth: depth).map { "subfields \"\($0.name)\" conflict because \($0.reason)" }
    }

    private func sameArguments(_ left: GraphQLNode, _ right: GraphQLNode) -> Bool {
        let (a, b) = (left.list("Arguments"), right.list("Arguments"))
        guard a.count == b.count else { return false }
        return a.allSatisfy { argument in
            guard let other = GraphQLNode.named(argument.word("Name"), in: b) else { return false }
            return GraphQLMessages.text(of: argument.field("Value")) == GraphQLMessages.text(of: other.field("Value"))
        }
    }

    private func clash(_ left: GraphQLType, _ right: GraphQLType) -> Bool {
        if left.isRequired != right.isRequired { return true }
        switch (left, right) {
        case (.list(let a, _), .list(let b, _)): return clash(a, b)
        case (.named(let a, _), .named(let b, _)):
            let isLeaf = schema.types[a]?.isLeaf == true || schema.types[b]?.isLeaf == true
            return isLeaf && a != b
        default: return true
        }
    }
}
