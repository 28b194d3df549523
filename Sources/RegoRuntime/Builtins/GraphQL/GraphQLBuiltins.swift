import Documents

extension Builtins {
    private static let source = RegoType.union([.string, .anyObject])

    /// GraphQL queries and schemas (OPA policy reference, "GraphQL").
    static let graphQL: [Builtin] = [
        Builtin(
            "graphql.parse_query", help: "(query) The syntax tree of a GraphQL query.", .string, returns: .anyObject,
            work: .content(perKibibyte: 1024)
        ) {
            call in
            guard let text = call.text(0) else { return .undefined }
            return parsed(text, &call) { $0.queryDocument() }
        },
        Builtin(
            "graphql.parse_schema", help: "(schema) The syntax tree of a GraphQL schema.", .string, returns: .anyObject,
            work: .content(perKibibyte: 1024)
        ) {
            call in
            guard let text = call.text(0) else { return .undefined }
            return parsed(text, &call) { $0.schemaDocument() }
        },
        Builtin(
            "graphql.parse", help: "(query, schema) The syntax trees of a GraphQL query and its schema, when the query fits.",
            source, source, returns: .array(static: [.anyObject, .anyObject], dynamic: nil), work: .content(perKibibyte: 1024)
        ) {
            call in
            guard let query = queryTree(&call), let schema = schemaTree(1, &call) else { return .undefined }
            if let problem = problem(query, schema, call.arena) { return call.fail(problem) }
            return trees([], query, schema, call.arena)
        },
        Builtin(
            "graphql.parse_and_verify", help: "(query, schema) Whether a GraphQL query fits a schema, and both syntax trees.",
            source, source,
            returns: .array(static: [.boolean, .anyObject, .anyObject], dynamic: nil), work: .content(perKibibyte: 1024)
        ) { call in
            let empty = call.arena.object([ObjectEntry]())
            let invalid = call.arena.array([.false, empty, empty])
            guard let query = queryTree(&call), let schema = schemaTree(1, &call),
                problem(query, schema, call.arena) == nil
            else {
                call.failure = nil
                return invalid
            }
            return trees([.true], query, schema, call.arena)
        },
        Builtin(
            "graphql.is_valid", help: "(query, schema) Whether a GraphQL query fits a schema.", source, source, returns: .boolean,
            work: .content(perKibibyte: 1024)
        ) { call in
            guard let query = queryTree(&call), let schema = schemaTree(1, &call) else {
                call.failure = nil
                return .false
            }
            return .bool(problem(query, schema, call.arena) == nil)
        },
        Builtin(
            "graphql.schema_is_valid", help: "(schema) Whether a text is a GraphQL schema.", source, returns: .boolean,
            work: .content(perKibibyte: 1024)
        ) {
            call in
            guard let schema = schemaTree(0, &call) else {
                call.failure = nil
                return .false
            }
            return .bool((try? GraphQLSchema(schema, in: call.arena)) != nil)
        },
    ]

    private static func parsed(
        _ text: String, _ call: inout BuiltinCall, _ rule: (inout GraphQLParser) -> Value
    ) -> Value {
        do throws(GraphQLProblem) {
            return GraphQLTree.pruned(try GraphQLParser.parse(text, in: call.arena, rule), in: call.arena)
        } catch { return call.fail(error.description) }
    }

    private static func isSource(_ index: Int, _ call: inout BuiltinCall) -> Bool {
        if call[index].kind == .string || call[index].kind == .object { return true }
        // OPA counts these operands from 0.
        _ = call.typeFailure("operand \(index) must be one of {string, object} but got \(call[index].typeName)")
        return false
    }

    private static func queryTree(_ call: inout BuiltinCall) -> Value? { tree(0, .query, &call) { $0.queryDocument() } }

    private static func schemaTree(_ index: Int, _ call: inout BuiltinCall) -> Value? {
        tree(index, .schema, &call) { $0.schemaDocument() }
    }

    private static func tree(
        _ index: Int, _ shape: GraphQLShape.Kind, _ call: inout BuiltinCall, _ rule: (inout GraphQLParser) -> Value
    ) -> Value? {
        guard isSource(index, &call) else { return nil }
        if call[index].kind == .object {
            if let tree = GraphQLShape.conformed(call[index], to: shape, in: call.arena) { return tree }
            _ = call.fail("the object is no syntax tree of a GraphQL \(shape == .query ? "query" : "schema")")
            return nil
        }
        do throws(GraphQLProblem) {
            return try GraphQLParser.parse(call[index].string, in: call.arena, rule)
        } catch {
            _ = call.fail(error.description)
            return nil
        }
    }

    /// Why the query does not fit the schema, or nil.
    private static func problem(_ query: Value, _ document: Value, _ arena: Arena) -> String? {
        let schema: GraphQLSchema
        do throws(GraphQLProblem) {
            schema = try GraphQLSchema(document, in: arena)
        } catch {
            return "Error in gqlparser SchemaDocument to Schema conversion: input:\(error.line):\(error.column): "
                + error.message
        }
        let problems = GraphQLValidator.problems(in: query, schema)
        guard let first = problems.first else { return nil }
        var text = problems.map { "input:\($0.line):\($0.column): \($0.message)\n" }.joined()
        text.removeFirst("input:\(first.line):\(first.column): ".count)
        if text.hasSuffix(".\n") { text.removeLast(2) }
        return "\(text) in GraphQL string at location \(first.line):\(first.column)"
    }

    private static func trees(_ start: [Value], _ query: Value, _ schema: Value, _ arena: Arena) -> Value {
        arena.array(start + [GraphQLTree.pruned(query, in: arena), GraphQLTree.pruned(schema, in: arena)])
    }
}
