import GoTemplate

/// Functions on types, defaults and the flow (sprig's `reflect.go` and `defaults.go`).
enum TypeFunctions {
    static let all: [TemplateFunction] = [
        function("typeOf", [.any]) { .string($0[0].isNil ? "<nil>" : $0[0].typeName(dynamic: true)) },
        function("typeIs", [.string, .any]) {
            .bool($0.text(0) == ($0[1].isNil ? "<nil>" : $0[1].typeName(dynamic: true)))
        },
        function("typeIsLike", [.string, .any]) { call in
            let type = call[1].isNil ? "<nil>" : call[1].typeName(dynamic: true)
            return .bool(call.text(0) == type || "*" + call.text(0) == type)
        },
        function("kindOf", [.any]) { .string($0[0].kindName) },
        function("kindIs", [.string, .any]) { .bool($0.text(0) == $0[1].kindName) },
        function("deepEqual", [.any, .any]) { .bool(DeepEquality.equal($0[0], $0[1])) },
        function("default", [.any], rest: .any, origin: .own) { call in
            call.arguments.count < 2 || call[1].isEmpty ? call[0] : call[1]
        },
        function("empty", [.any]) { .bool($0[0].isEmpty) },
        function("ternary", [.any, .any, .bool], origin: .own) { $0[2].isTrue ? $0[0] : $0[1] },
    ]
}
