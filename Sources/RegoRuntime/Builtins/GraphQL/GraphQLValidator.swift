import Documents

/// Checks a query document against a schema (GraphQL specification, section 5), in the order and words of OPA's
/// validator: the document is walked and each node is judged after its children.
struct GraphQLValidator {
    let schema: GraphQLSchema
    let document: GraphQLNode
    private(set) var problems: [GraphQLProblem] = []
    private let fragments: UnsafeBufferPointer<GraphQLNode>

    // What the walk is inside of.
    var operation: GraphQLNode?
    var usedVariables: Set<String> = []
    private var visitedFragments: Set<String> = []
    private var usedFragments: Set<String> = []

    /// All problems, in the order found.
    static func problems(in document: GraphQLNode, _ schema: GraphQLSchema) -> [GraphQLProblem] {
        var validator = GraphQLValidator(schema: schema, document: document)
        for operation in document.list("Operations") { validator.walk(operation: operation) }
        for fragment in document.list("Fragments") { validator.walk(fragment: fragment) }
        return validator.problems
    }

    private init(schema: GraphQLSchema, document: GraphQLNode) {
        self.schema = schema
        self.document = document
        fragments = document.list("Fragments")
        collectUsedFragments()
    }

    mutating func report(_ message: String, _ node: GraphQLNode) {
        if problems.count < 100 { problems.append(GraphQLSchema.problem(message, node)) }
    }

    func fragment(_ name: String) -> GraphQLNode? { GraphQLNode.named(name, in: fragments) }

    // MARK: Operations

    private mutating func walk(operation node: GraphQLNode) {
        let kind = node.word("Operation")
        operation = node
        (usedVariables, visitedFragments) = ([], [])
        defer { operation = nil }
        let root = schema.roots[kind].flatMap { schema.types[$0] }
        for variable in node.list("VariableDefinitions") {
            let value = variable.field("DefaultValue")
            if value.isDefined { walk(value: value, type: GraphQLType(variable.field("Type")), hasDefault: false) }
            walk(directives: variable.list("Directives"), location: "VARIABLE_DEFINITION")
        }
        walk(directives: node.list("Directives"), location: kind.uppercased())
        walk(selections: node.list("SelectionSet"), of: root)
        checkVariableTypes(node)
        if root == nil { report("Schema does not support operation type \"\(kind)\"", node) }
        let operations = document.list("Operations")
        if node.word("Name").isEmpty, operations.count > 1 {
            report("This anonymous operation must be the only defined operation.", node)
        }
        checkUnusedVariables(node)
        if kind == "subscription" { checkSubscription(node) }
        checkOverlaps(node.list("SelectionSet"), of: root)
        let first = operations.first { $0.word("Name") == node.word("Name") }
        if let first, !first.isIdentical(to: node) {
            report("There can be only one operation named \"\(node.word("Name"))\".", node)
        }
        checkVariables(node)
    }

    private mutating func checkVariableTypes(_ node: GraphQLNode) {
        for variable in node.list("VariableDefinitions") {
            let name = GraphQLType(variable.field("Type")).name
            if schema.types[name] == nil { report("Unknown type \"\(name)\".", variable) }
        }
    }

    private mutating func checkUnusedVariables(_ node: GraphQLNode) {
        let suffix = node.word("Name").isEmpty ? "" : " in operation \"\(node.word("Name"))\""
        var seen: Set<String> = []
        for variable in node.list("VariableDefinitions") {
            let name = variable.word("Variable")
            let isFirst = seen.insert(name).inserted
            if !isFirst || !usedVariables.contains(name) {
                report("Variable \"$\(name)\" is never used\(suffix).", variable)
            }
        }
    }

    private mutating func checkVariables(_ node: GraphQLNode) {
        var seen: Set<String> = []
        for variable in node.list("VariableDefinitions") where !seen.insert(variable.word("Variable")).inserted {
            report("There can be only one variable named \"$\(variable.word("Variable"))\".", variable)
        }
        for variable in node.list("VariableDefinitions") {
            let type = GraphQLType(variable.field("Type"))
            if let definition = schema.types[type.name], !definition.isInput {
                report(
                    "Variable \"$\(variable.word("Variable"))\" cannot be non-input type \"\(type.text)\".", variable)
            }
        }
    }

    private mutating func checkSubscription(_ node: GraphQLNode) {
        let name = node.word("Name").isEmpty ? "Anonymous Subscription" : "Subscription \"\(node.word("Name"))\""
        var fields: [GraphQLNode] = []
        var visited: Set<String> = []
        func collect(_ selections: UnsafeBufferPointer<GraphQLNode>) {
            for selection in selections {
                if selection.field("Alias").isDefined {
                    if !fields.contains(where: { $0.word("Alias") == selection.word("Alias") }) {
                        fields.append(selection)
                    }
                } else if selection.field("TypeCondition").isDefined {
                    collect(selection.list("SelectionSet"))
                } else if visited.insert(selection.word("Name")).inserted,
                    let fragment = fragment(selection.word("Name"))
                {
                    collect(fragment.list("SelectionSet"))
                }
            }
        }
        collect(node.list("SelectionSet"))
        if fields.count > 1 { report("\(name) must select only one top level field.", fields[1]) }
        for field in fields where field.word("Name").hasPrefix("__") {
            report("\(name) must not select an introspection top level field.", field)
        }
    }

    // MARK: Fragments

    private mutating func collectUsedFragments() {
        var pending: [UnsafeBufferPointer<GraphQLNode>] = document.list("Operations").map { $0.list("SelectionSet") }
        while let selections = pending.popLast() {
            for selection in selections {
                pending.append(selection.list("SelectionSet"))
                let isSpread = selection.field("Alias").isUndefined && selection.field("TypeCondition").isUndefined
                guard isSpread, usedFragments.insert(selection.word("Name")).inserted,
                    let fragment = fragment(selection.word("Name"))
                else { continue }
                pending.append(fragment.list("SelectionSet"))
            }
        }
    }

    private mutating func walk(fragment node: GraphQLNode) {
        let (name, condition) = (node.word("Name"), node.word("TypeCondition"))
        let type = schema.types[condition]
        visitedFragments = []
        for variable in node.list("VariableDefinition") {
            walk(directives: variable.list("Directives"), location: "VARIABLE_DEFINITION")
        }
        walk(directives: node.list("Directives"), location: "FRAGMENT_DEFINITION")
        walk(selections: node.list("SelectionSet"), of: type)
        if let type, !type.isComposite {
            report("Fragment \"\(name)\" cannot condition on non composite type \"\(condition)\".", node)
        }
        if type == nil { report("Unknown type \"\(condition)\".", node) }
        checkCycle(node)
        if !usedFragments.contains(name) { report("Fragment \"\(name)\" is never used.", node) }
        if let first = fragment(name), !first.isIdentical(to: node) {
            report("There can be only one fragment named \"\(name)\".", node)
        }
    }

    private mutating func checkCycle(_ node: GraphQLNode) {
        let name = node.word("Name")
        var visited: Set<String> = []
        var pending: [(selections: UnsafeBufferPointer<GraphQLNode>, path: [String])] = [(node.list("SelectionSet"), [])]
        while let (selections, path) = pending.popLast() {
            for selection in selections {
                let isSpread = selection.field("Alias").isUndefined && selection.field("TypeCondition").isUndefined
                guard isSpread else {
                    pending.append((selection.list("SelectionSet"), path))
                    continue
                }
                let target = selection.word("Name")
                if target == name {
                    let via = path.isEmpty ? "" : " via " + path.map { "\"\($0)\"" }.joined(separator: ", ")
                    report("Cannot spread fragment \"\(name)\" within itself\(via).", selection)
                    return
                }
                guard visited.insert(target).inserted, let fragment = fragment(target) else { continue }
                pending.append((fragment.list("SelectionSet"), path + [target]))
            }
        }
    }

    // MARK: Selections

    private mutating func walk(
        selections: UnsafeBufferPointer<GraphQLNode>, of type: GraphQLSchema.TypeDefinition?
    ) {
        for selection in selections {
            if selection.field("Alias").isDefined {
                walk(field: selection, of: type)
            } else if selection.field("TypeCondition").isDefined {
                walk(inline: selection, of: type)
            } else {
                walk(spread: selection, of: type)
            }
        }
    }

    private mutating func walk(field node: GraphQLNode, of parent: GraphQLSchema.TypeDefinition?) {
        let name = node.word("Name")
        let definition = parent.flatMap { schema.field(name, of: $0) }
        let declared = definition?.list("Arguments")
        for argument in node.list("Arguments") { walk(argument: argument, declared) }
        walk(directives: node.list("Directives"), location: "FIELD")
        let type = definition.map { GraphQLType($0.field("Type")) }
        let child = type.flatMap { schema.types[$0.name] }
        let selections = node.list("SelectionSet")
        walk(selections: selections, of: child)
        guard let parent else { return }
        if definition == nil {
            report(GraphQLMessages.unknownField(name, of: parent, schema), node)
        }
        if let declared {
            checkArguments(node, declared, on: "field \"\(parent.name).\(name)\"", owner: "Field \"\(name)\"")
        }
        if let child, let type {
            if child.isLeaf, !selections.isEmpty {
                report(
                    "Field \"\(name)\" must not have a selection since type \"\(type.text)\" has no subfields.", node)
            }
            if !child.isLeaf, selections.isEmpty {
                report(
                    "Field \"\(name)\" of type \"\(type.text)\" must have a selection of subfields. "
                        + "Did you mean \"\(name) { ... }\"?", node)
            }
        }
        checkUniqueArguments(node)
    }

    private mutating func walk(inline node: GraphQLNode, of parent: GraphQLSchema.TypeDefinition?) {
        let condition = node.word("TypeCondition")
        let type = condition.isEmpty ? parent : schema.types[condition]
        walk(directives: node.list("Directives"), location: "INLINE_FRAGMENT")
        walk(selections: node.list("SelectionSet"), of: type)
        guard !condition.isEmpty else { return }
        if let type {
            if !type.isComposite {
                report("Fragment cannot condition on non composite type \"\(condition)\".", node)
            } else if let parent, parent.isComposite, schema.possible(type).isDisjoint(with: schema.possible(parent)) {
                report(
                    "Fragment cannot be spread here as objects of type \"\(parent.name)\" can never be of type "
                        + "\"\(type.name)\".", node)
            }
        } else {
            report("Unknown type \"\(condition)\".", node)
        }
    }

    private mutating func walk(spread node: GraphQLNode, of parent: GraphQLSchema.TypeDefinition?) {
        let name = node.word("Name")
        walk(directives: node.list("Directives"), location: "FRAGMENT_SPREAD")
        guard let fragment = fragment(name) else {
            report("Unknown fragment \"\(name)\".", node)
            return
        }
        let type = schema.types[fragment.word("TypeCondition")]
        if visitedFragments.insert(name).inserted { walk(selections: fragment.list("SelectionSet"), of: type) }
        if let type, let parent, type.isComposite, parent.isComposite,
            schema.possible(type).isDisjoint(with: schema.possible(parent))
        {
            report(
                "Fragment \"\(name)\" cannot be spread here as objects of type \"\(parent.name)\" can never be of "
                    + "type \"\(type.name)\".", node)
        }
    }

    // MARK: Arguments and directives

    private mutating func walk(argument node: GraphQLNode, _ declared: UnsafeBufferPointer<GraphQLNode>?) {
        let definition = declared.flatMap { GraphQLNode.named(node.word("Name"), in: $0) }
        let defaultKind = definition?.field("DefaultValue").field("Kind") ?? .undefined
        walk(
            value: node.field("Value"), type: definition.map { GraphQLType($0.field("Type")) },
            hasDefault: defaultKind.isDefined && defaultKind != .int(6))
    }

    private mutating func checkArguments(
        _ node: GraphQLNode, _ declared: UnsafeBufferPointer<GraphQLNode>, on place: String, owner: String
    ) {
        for argument in node.list("Arguments") where GraphQLNode.named(argument.word("Name"), in: declared) == nil {
            let near = GraphQLSuggestions.near(argument.word("Name"), declared.map { $0.word("Name") })
            let hint = GraphQLSuggestions.sentence("Did you mean", near)
            report("Unknown argument \"\(argument.word("Name"))\" on \(place).\(hint)", node)
        }
        for argument in declared {
            let type = GraphQLType(argument.field("Type"))
            guard type.isRequired, argument.field("DefaultValue").isUndefined,
                GraphQLNode.named(argument.word("Name"), in: node.list("Arguments")) == nil
            else { continue }
            report(
                "\(owner) argument \"\(argument.word("Name"))\" of type \"\(type.text)\" is required, but it was not "
                    + "provided.", node)
        }
    }

    private mutating func checkUniqueArguments(_ node: GraphQLNode) {
        var seen: Set<String> = []
        for argument in node.list("Arguments") where !seen.insert(argument.word("Name")).inserted {
            report("There can be only one argument named \"\(argument.word("Name"))\".", argument)
        }
    }

    private mutating func walk(directives: UnsafeBufferPointer<GraphQLNode>, location: String) {
        for directive in directives {
            let name = directive.word("Name")
            let definition = schema.directives[name]
            let declared = definition?.list("Arguments")
            for argument in directive.list("Arguments") { walk(argument: argument, declared) }
            guard let definition, let declared else {
                report("Unknown directive \"@\(name)\".", directive)
                continue
            }
            if !definition.list("Locations").contains(where: { $0.stringValue == location }) {
                report("Directive \"@\(name)\" may not be used on \(location).", directive)
            }
            checkArguments(directive, declared, on: "directive \"@\(name)\"", owner: "Directive \"@\(name)\"")
            checkUniqueArguments(directive)
        }
        var seen: Set<String> = []
        for directive in directives
        where !seen.insert(directive.word("Name")).inserted
            && !(schema.directives[directive.word("Name")]?.field("IsRepeatable").isTrue ?? true)
        {
            report("The directive \"@\(directive.word("Name"))\" can only be used once at this location.", directive)
        }
    }

    // MARK: Overlapping fields

    private mutating func checkOverlaps(
        _ selections: UnsafeBufferPointer<GraphQLNode>, of type: GraphQLSchema.TypeDefinition?
    ) {
        var overlaps = GraphQLOverlaps(schema: schema, fragments: fragments)
        if let conflict = overlaps.conflict(in: selections, of: type) { report(conflict.message, conflict.field) }
    }
}
