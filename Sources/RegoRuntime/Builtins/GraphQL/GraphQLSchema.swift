import Documents
import Text

/// A node of a GraphQL tree: an object with the members that `GraphQLParser` writes.
typealias GraphQLNode = Value

extension Value {
    func list(_ name: StaticString) -> UnsafeBufferPointer<Value> {
        let list = field(name)
        // Every walk over a tree comes by here: without budget there is nothing more to see.
        guard WorkMeter.charge(4) else { return UnsafeBufferPointer(start: nil, count: 0) }
        return list.kind == .array ? list.elements : UnsafeBufferPointer(start: nil, count: 0)
    }

    func word(_ name: StaticString) -> String {
        let text = field(name)
        guard text.kind == .string, WorkMeter.charge(6 &+ text.count >> 3) else { return "" }
        return text.string
    }

    /// Where a node stands; 0 when the tree was not parsed from text.
    var graphQLPlace: (line: Int, column: Int) {
        let place = list("Position")
        guard place.count == 2 else { return (0, 0) }
        return (Int(place[0].integerValue ?? 0), Int(place[1].integerValue ?? 0))
    }

    /// The first of the nodes that has the given name.
    static func named(_ name: String, in nodes: some Sequence<Value>) -> Value? {
        for node in nodes {
            guard WorkMeter.charge(8) else { return nil }
            if node.word("Name") == name { return node }
        }
        return nil
    }
}

/// A GraphQL type expression.
indirect enum GraphQLType: Equatable {
    case named(String, isRequired: Bool)
    case list(GraphQLType, isRequired: Bool)

    init(_ node: GraphQLNode) {
        let isRequired = node.field("NonNull").isTrue
        let element = node.field("Elem")
        self =
            element.kind == .object
            ? .list(GraphQLType(element), isRequired: isRequired)
            : .named(node.word("NamedType"), isRequired: isRequired)
    }

    /// The innermost name.
    var name: String {
        switch self {
        case .named(let name, _): name
        case .list(let element, _): element.name
        }
    }

    var isRequired: Bool {
        switch self {
        case .named(_, let isRequired), .list(_, let isRequired): isRequired
        }
    }

    var nullable: GraphQLType {
        switch self {
        case .named(let name, _): .named(name, isRequired: false)
        case .list(let element, _): .list(element, isRequired: false)
        }
    }

    var text: String {
        switch self {
        case .named(let name, let isRequired): name + (isRequired ? "!" : "")
        case .list(let element, let isRequired): "[\(element.text)]" + (isRequired ? "!" : "")
        }
    }

    /// Whether every value of this type is one of the other.
    func isCompatible(with other: GraphQLType) -> Bool {
        if other.isRequired, !isRequired { return false }
        switch (self, other) {
        case (.named(let left, _), .named(let right, _)): return left == right
        case (.list(let left, _), .list(let right, _)): return left.isCompatible(with: right)
        default: return false
        }
    }
}

/// The types and directives of a valid schema document.
struct GraphQLSchema {
    final class TypeDefinition {
        let kind: String
        let name: String
        let node: GraphQLNode
        let isBuiltIn: Bool
        var directives: [GraphQLNode] = []
        var interfaces: [String] = []
        var fields: [GraphQLNode] = []
        var members: [String] = []
        var enumValues: [GraphQLNode] = []

        init(_ node: GraphQLNode, isBuiltIn: Bool, isEmpty: Bool = false) {
            kind = node.word("Kind")
            name = node.word("Name")
            self.node = node
            self.isBuiltIn = isBuiltIn
            if !isEmpty { extend(with: node) }
        }

        func extend(with node: GraphQLNode) {
            directives += node.list("Directives")
            interfaces += node.list("Interfaces").compactMap(\.stringValue)
            fields += node.list("Fields")
            members += node.list("Types").compactMap(\.stringValue)
            enumValues += node.list("EnumValues")
        }

        var isComposite: Bool { kind == "OBJECT" || kind == "INTERFACE" || kind == "UNION" }
        var isLeaf: Bool { kind == "SCALAR" || kind == "ENUM" }
        var isInput: Bool { isLeaf || kind == "INPUT_OBJECT" }

        func field(_ name: String) -> GraphQLNode? { GraphQLNode.named(name, in: fields) }
    }

    var types: [String: TypeDefinition] = [:]
    /// Types in the order of their definition.
    var order: [TypeDefinition] = []
    var directives: [String: GraphQLNode] = [:]
    /// The object types that an abstract type stands for.
    var possibleTypes: [String: Set<String>] = [:]
    /// Type names of the operations.
    var roots: [String: String] = [:]

    /// Types and directives that every schema has (GraphQL specification, sections 3.5, 3.13 and 4).
    static let prelude = """
        scalar Int scalar Float scalar String scalar Boolean scalar ID
        directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @deprecated(reason: String = "No longer supported")
          on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
        directive @specifiedBy(url: String!) on SCALAR
        directive @defer(if: Boolean = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @oneOf on INPUT_OBJECT
        type __Schema {
          description: String types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type
          directives: [__Directive!]!
        }
        type __Type {
          kind: __TypeKind! name: String description: String fields(includeDeprecated: Boolean = false): [__Field!]
          interfaces: [__Type!] possibleTypes: [__Type!] enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
          inputFields(includeDeprecated: Boolean = false): [__InputValue!] ofType: __Type specifiedByURL: String
          isOneOf: Boolean
        }
        type __Field {
          name: String! description: String args(includeDeprecated: Boolean = false): [__InputValue!]! type: __Type!
          isDeprecated: Boolean! deprecationReason: String
        }
        type __InputValue {
          name: String! description: String type: __Type! defaultValue: String isDeprecated: Boolean!
          deprecationReason: String
        }
        type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
        enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
        type __Directive {
          name: String! description: String locations: [__DirectiveLocation!]!
          args(includeDeprecated: Boolean = false): [__InputValue!]! isRepeatable: Boolean!
        }
        enum __DirectiveLocation {
          QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION
          SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT
          INPUT_FIELD_DEFINITION
        }
        type __Meta { __schema: __Schema! __type(name: String!): __Type __typename: String! }
        """

    private static let redeclarable: Set<String> = ["include", "skip", "deprecated", "specifiedBy", "defer", "oneOf"]

    /// Checks a schema document and collects its types.
    init(_ document: GraphQLNode, in arena: Arena) throws(GraphQLProblem) {
        let prelude = try GraphQLParser.parse(Self.prelude, in: arena) { $0.schemaDocument() }
        for definition in prelude.list("Definitions") { add(TypeDefinition(definition, isBuiltIn: true)) }
        for directive in prelude.list("Directives") { directives[directive.word("Name")] = directive }
        for definition in document.list("Definitions") {
            let name = definition.word("Name")
            if types[name] != nil { throw Self.problem("Cannot redeclare type \(name).", definition) }
            add(TypeDefinition(definition, isBuiltIn: false))
        }
        for node in document.list("Extensions") { try extend(with: node) }
        for directive in document.list("Directives") {
            let name = directive.word("Name")
            if directives[name] != nil, !Self.redeclarable.contains(name) {
                throw Self.problem("Cannot redeclare directive \(name).", directive)
            }
            directives[name] = directive
        }
        collectPossibleTypes()
        try collectRoots(document)
        try GraphQLSchemaRules(schema: self).check(document)
    }

    static func problem(_ message: String, _ node: GraphQLNode) -> GraphQLProblem {
        let place = node.graphQLPlace
        return GraphQLProblem(message: message, line: place.line, column: place.column)
    }

    private mutating func add(_ type: TypeDefinition) {
        types[type.name] = type
        order.append(type)
    }

    private mutating func extend(with node: GraphQLNode) throws(GraphQLProblem) {
        let name = node.word("Name"), kind = node.word("Kind")
        if types[name] == nil { add(TypeDefinition(node, isBuiltIn: false, isEmpty: true)) }
        guard let type = types[name] else { return }
        if type.kind != kind {
            throw Self.problem(
                "Cannot extend type \(name) because the base type is a \(type.kind), not \(kind).", node)
        }
        type.extend(with: node)
    }

    private mutating func collectPossibleTypes() {
        for type in order {
            switch type.kind {
            case "UNION": possibleTypes[type.name] = Set(type.members)
            case "OBJECT":
                for name in type.interfaces + [type.name] { possibleTypes[name, default: []].insert(type.name) }
            default: break
            }
        }
    }

    private mutating func collectRoots(_ document: GraphQLNode) throws(GraphQLProblem) {
        let schemas = document.list("Schema")
        if schemas.count > 1 {
            throw Self.problem(
                "Cannot have multiple schema entry points, consider schema extensions instead.", schemas[1])
        }
        for definition in Array(schemas) + Array(document.list("SchemaExtension")) {
            for entry in definition.list("OperationTypes") {
                let (operation, type) = (entry.word("Operation"), entry.word("Type"))
                if types[type] == nil {
                    throw Self.problem(
                        "Schema root \(operation) refers to a type \(type) that does not exist.", entry)
                }
                roots[operation] = type
            }
        }
        guard schemas.isEmpty else { return }
        for (operation, type) in [("query", "Query"), ("mutation", "Mutation"), ("subscription", "Subscription")]
        where roots[operation] == nil && types[type] != nil {
            roots[operation] = type
        }
    }

    /// The definition of a field of a type, with the fields that introspection adds.
    func field(_ name: String, of type: TypeDefinition) -> GraphQLNode? {
        if let field = type.field(name) { return field }
        let isMeta = name == "__typename" && type.isComposite
        let isRootMeta = (name == "__schema" || name == "__type") && type.name == roots["query"]
        return isMeta || isRootMeta ? types["__Meta"]?.field(name) : nil
    }

    /// The object types that a composite type stands for.
    func possible(_ type: TypeDefinition) -> Set<String> { possibleTypes[type.name] ?? [] }
}
