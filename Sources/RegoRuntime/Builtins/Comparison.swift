import Documents

extension Builtins {
    /// Equality and order of any two values (OPA policy reference, "Comparison").
    static let comparison: [Builtin] = [
        Builtin("eq", .any, .any, returns: .boolean, infix: "=") { .bool($0[0] == $0[1]) },
        Builtin("assign", .any, .any, returns: .boolean, infix: ":=") { .bool($0[0] == $0[1]) },
        Builtin("equal", .any, .any, returns: .boolean, infix: "==") { .bool($0[0] == $0[1]) },
        Builtin("neq", .any, .any, returns: .boolean, infix: "!=") { .bool($0[0] != $0[1]) },
        Builtin("lt", .any, .any, returns: .boolean, infix: "<") { .bool(ValueOrder.compare($0[0], $0[1]) < 0) },
        Builtin("lte", .any, .any, returns: .boolean, infix: "<=") { .bool(ValueOrder.compare($0[0], $0[1]) <= 0) },
        Builtin("gt", .any, .any, returns: .boolean, infix: ">") { .bool(ValueOrder.compare($0[0], $0[1]) > 0) },
        Builtin("gte", .any, .any, returns: .boolean, infix: ">=") { .bool(ValueOrder.compare($0[0], $0[1]) >= 0) },
        Builtin("internal.member_2", .any, .any, returns: .boolean, infix: "in") { call in
            let collection = call[1]
            switch collection.kind {
            case .set: return .bool(collection.keyIndex(call[0]) >= 0)
            case .array: return .bool(collection.elements.contains(call[0]))
            case .object: return .bool(collection.values.contains(call[0]))
            default: return .false
            }
        },
        Builtin("internal.member_3", .any, .any, .any, returns: .boolean, infix: "in") { call in
            let member = call[2].member(call[0])
            return .bool(member.isDefined && member == call[1])
        },
    ]
}
