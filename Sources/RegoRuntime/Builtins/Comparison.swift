import Documents

extension Builtins {
    /// Equality and order of any two values (OPA policy reference, "Comparison").
    static let comparison: [Builtin] = [
        Builtin(
            "eq", help: "(x, y) Makes both sides equal, giving variables values where that is needed.", .any, .any,
            returns: .boolean, infix: "=", work: .constant
        ) { .bool($0[0] == $0[1]) },
        Builtin(
            "assign", help: "(x, y) Gives the variable on the left the value on the right.", .any, .any, returns: .boolean,
            infix: ":=", work: .constant
        ) { .bool($0[0] == $0[1]) },
        Builtin(
            "equal", help: "(x, y) Whether both values are equal.", .any, .any, returns: .boolean, infix: "==", work: .constant
        ) {
            .bool($0[0] == $0[1])
        },
        Builtin("neq", help: "(x, y) Whether the values differ.", .any, .any, returns: .boolean, infix: "!=", work: .constant) {
            .bool($0[0] != $0[1])
        },
        Builtin(
            "lt", help: "(x, y) Whether the first value comes before the second.", .any, .any, returns: .boolean, infix: "<",
            work: .constant
        ) { .bool(ValueOrder.compare($0[0], $0[1]) < 0) },
        Builtin(
            "lte", help: "(x, y) Whether the first value comes before the second or is equal.", .any, .any, returns: .boolean,
            infix: "<=", work: .constant
        ) { .bool(ValueOrder.compare($0[0], $0[1]) <= 0) },
        Builtin(
            "gt", help: "(x, y) Whether the first value comes after the second.", .any, .any, returns: .boolean, infix: ">",
            work: .constant
        ) {
            .bool(ValueOrder.compare($0[0], $0[1]) > 0)
        },
        Builtin(
            "gte", help: "(x, y) Whether the first value comes after the second or is equal.", .any, .any, returns: .boolean,
            infix: ">=", work: .constant
        ) { .bool(ValueOrder.compare($0[0], $0[1]) >= 0) },
        Builtin(
            "internal.member_2", help: "(x, collection) Whether the collection has the value; written x in collection.", .any,
            .any, returns: .boolean, infix: "in"
        ) { call in
            let collection = call[1]
            switch collection.kind {
            case .set: return .bool(collection.keyIndex(call[0]) >= 0)
            case .array: return .bool(collection.elements.contains(call[0]))
            case .object: return .bool(collection.values.contains(call[0]))
            default: return .false
            }
        },
        Builtin(
            "internal.member_3",
            help: "(key, value, collection) Whether the collection has the value at the key; written key, value in collection.",
            .any, .any, .any, returns: .boolean, infix: "in"
        ) { call in
            let member = call[2].member(call[0])
            return .bool(member.isDefined && member == call[1])
        },
    ]
}
