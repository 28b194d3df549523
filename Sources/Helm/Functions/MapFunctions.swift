import GoTemplate

/// Functions on maps (sprig's `dict.go`).
enum MapFunctions {
    static let all: [TemplateFunction] =
        [
            function("dict", rest: .any, origin: .own) { call in
                let map = GoMap()
                for index in stride(from: 0, to: call.arguments.count, by: 2) {
                    let value = index + 1 < call.arguments.count ? call[index + 1] : .string("")
                    map[GoPrint.text(call[index])] = value.stored
                }
                return .map(map)
            },
            function("get", [.map, .string], origin: .own) { try map($0[0])[$0.text(1)] ?? .string("") },
            function("set", [.map, .string, .any], origin: .own) { call in
                guard let map = call[0].asMap, !map.isNone else { throw FunctionFailure("assignment to entry in nil map") }
                try call.run.charge(map.count / 16)
                map[call.text(1)] = call[2].stored
                return call[0]
            },
            function("unset", [.map, .string], origin: .own) { call in
                try map(call[0])[call.text(1)] = nil
                return call[0]
            },
            function("hasKey", [.map, .string]) { .bool(try map($0[0]).contains($0.text(1))) },
            function("pluck", [.string], rest: .map, origin: .own) { call in
                .list(call.arguments.dropFirst().compactMap { $0.asMap?[call.text(0)] })
            },
            function("keys", rest: .map, origin: .own) { .strings($0.arguments.flatMap { $0.asMap?.keys ?? [] }) },
            function("values", [.map], origin: .own) { .list(try map($0[0]).values) },
            function("pick", [.map], rest: .string, origin: .own) { call in
                let names = Set(call.arguments.dropFirst().compactMap(\.asString))
                return .map(try map(call[0]).filter { key, _ in names.contains(key) })
            },
            function("omit", [.map], rest: .string, origin: .own) { call in
                let names = Set(call.arguments.dropFirst().compactMap(\.asString))
                return .map(try map(call[0]).filter { key, _ in !names.contains(key) })
            },
            function("dig", rest: .any, origin: .own) { try dig($0.arguments) },
        ]
        + ["deepCopy", "mustDeepCopy"].map { name in
            function(name, [.any], origin: .own) { call in
                if call[0].isNil { throw FunctionFailure("reflect: call of reflect.Value.Type on zero Value") }
                try checkSize(call[0], depth: 0, call)
                return deepCopy(call[0])
            }
        }
        + ["merge", "mustMerge"].map { name in
            function(name, [.map], rest: .map, origin: .own) { try merged($0, overwrites: false) }
        }
        + ["mergeOverwrite", "mustMergeOverwrite"].map { name in
            function(name, [.map], rest: .map, origin: .own) { try merged($0, overwrites: true) }
        }

    private static func map(_ value: GoValue) throws -> GoMap { value.asMap ?? GoMap() }

    private static func merged(_ call: borrowing FunctionCall, overwrites: Bool) throws -> GoValue {
        if call.arguments.allSatisfy(\.isNil) { return call[0] }
        let given = call[0].asMap
        let target = given.flatMap { $0.isNone ? nil : $0 } ?? GoMap(given?.element ?? .any)
        for source in call.arguments.dropFirst() {
            if let source = source.asMap { try merge(source, into: target, overwrites, call, depth: 0) }
        }
        return target === given ? call[0] : GoValue(.map(target))
    }

    private static func merge(
        _ source: GoMap, into target: GoMap, _ overwrites: Bool, _ call: borrowing FunctionCall, depth: Int
    ) throws {
        if depth > 1000 { throw FunctionFailure("the maps nest too deeply") }
        if source === target { return }
        try call.run.charge(source.count)
        for (key, value) in zip(source.keys, source.values) {
            // Without overwriting mergo passes over what is nil, in maps that it merges.
            if value.isNil, !overwrites { continue }
            guard let known = target[key] else {
                target[key] = value
                continue
            }
            if let inner = value.asMap, let knownMap = known.asMap, !knownMap.isNone {
                try merge(inner, into: knownMap, overwrites, call, depth: depth + 1)
                if knownMap.count == 0 { target[key] = value }
            } else if overwrites || known.isEmpty {
                target[key] = value
            }
        }
    }

    /// Refuses values that hold themselves, or others more often than memory allows.
    private static func checkSize(_ value: GoValue, depth: Int, _ call: borrowing FunctionCall) throws {
        if depth > 500 { throw FunctionFailure("the value nests too deeply") }
        let inner = value.asMap?.values ?? value.items ?? []
        try call.run.charge(inner.count * 32)
        for item in inner { try checkSize(item, depth: depth + 1, call) }
    }

    /// Members of both; those of `top` win, maps are merged.
    static func merged(_ base: GoMap, _ top: GoMap) -> GoMap {
        let result = base.copy()
        for (key, value) in zip(top.keys, top.values) {
            if let inner = value.asMap, let known = result[key]?.asMap {
                result[key] = GoValue(.map(merged(known, inner)), trace: value.trace)
            } else {
                result[key] = value
            }
        }
        return result
    }

    /// A copy that shares no map or list.
    static func deepCopy(_ value: GoValue) -> GoValue {
        switch value.content {
        case .map(let map):
            var copy = GoValue(.map(deepCopy(map)), trace: value.trace)
            copy.isValues = value.isValues
            return copy
        case .list(let list):
            let copy = GoList(list.items.map(deepCopy), list.element, isNone: list.isNone)
            return GoValue(.list(copy), trace: value.trace)
        default: return value
        }
    }

    static func deepCopy(_ map: GoMap) -> GoMap {
        let copy = map.copy()
        copy.mapValues { deepCopy($0) }
        return copy
    }

    private static func dig(_ arguments: [GoValue]) throws -> GoValue {
        if arguments.count < 3 { throw FunctionFailure("dig needs at least three arguments") }
        var value = arguments[arguments.count - 1]
        guard let first = value.asMap, first.element == .any, !value.isValues else {
            throw conversion(value, "map[string]interface {}")
        }
        let keys = try arguments.dropLast(2).map { name in
            guard let key = name.asString else { throw conversion(name, "string") }
            return key
        }
        for key in keys {
            guard let map = value.asMap, map.element == .any, !value.isValues else {
                throw conversion(value, "map[string]interface {}")
            }
            guard let member = map[key] else { return arguments[arguments.count - 2] }
            value = member
        }
        return value
    }

    private static func conversion(_ value: GoValue, _ type: String) -> FunctionFailure {
        let actual = value.isNil ? "nil" : value.typeName(dynamic: true)
        return FunctionFailure("interface conversion: interface {} is \(actual), not \(type)")
    }
}

extension GoValue {
    /// The value as a member of a map: nothing is an interface that holds nothing.
    var stored: GoValue {
        if isMissing { return .null }
        var value = GoValue(content, trace: trace)
        value.isValues = isValues
        return value
    }
}
