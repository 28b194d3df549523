import GoTemplate

/// Functions on lists (sprig's `list.go`).
enum ListFunctions {
    static let all: [TemplateFunction] =
        [
            function("list", rest: .any) { .list($0.arguments) }, function("tuple", rest: .any) { .list($0.arguments) },
            function("concat", rest: .any) { call in
                var items: [GoValue] = []
                for argument in call.arguments { items += try list(argument, "concat").items }
                return items.isEmpty ? .nilList() : .list(items)
            },
            function("until", [.int]) { call in
                try numbers(0, call.int(0), call.int(0) < 0 ? -1 : 1, call)
            },
            function("untilStep", [.int, .int, .int]) { try numbers($0.int(0), $0.int(1), $0.int(2), $0) },
            function("seq", rest: .int) {
                try sequence($0.arguments.indices.map { [call = $0.arguments] in Int(Cast.integer(call[$0])) }, $0)
            },
            function("coalesce", rest: .any, origin: .own) { $0.arguments.first { !$0.isEmpty } ?? .missing },
            function("all", rest: .any) { .bool($0.arguments.allSatisfy { !$0.isEmpty }) },
            function("any", rest: .any) { .bool($0.arguments.contains { !$0.isEmpty }) },
        ] + must("append", [.any, .any], also: ["push"]) { .list(try list($0[0], "push").items + [$0[1]]) }
        + must("prepend", [.any, .any]) { .list([$0[1]] + (try list($0[0], "prepend").items)) }
        + must("first", [.any]) { try list($0[0], "first").first ?? .missing }
        + must("last", [.any]) { try list($0[0], "last").last ?? .missing }
        + must("rest", [.any]) { call in
            let items = try list(call[0], "rest").items
            return items.isEmpty ? .nilList() : .list(Array(items.dropFirst()))
        }
        + must("initial", [.any]) { call in
            let items = try list(call[0], "initial").items
            return items.isEmpty ? .nilList() : .list(items.dropLast())
        }
        + must("reverse", [.any]) { .list(try list($0[0], "reverse").items.reversed()) }
        + must("uniq", [.any]) { call in
            let items = try list(call[0], "uniq").items
            var known = DistinctValues()
            return .list(items.filter { known.insert($0) })
        }
        + must("without", [.any], rest: .any) { call in
            var left = DistinctValues()
            for value in call.arguments.dropFirst() { _ = left.insert(value) }
            return .list(try list(call[0], "without").items.filter { !left.contains($0) })
        }
        + must("has", [.any, .any]) { call in
            if call[1].isNil { return .bool(false) }
            let needle = call[0]
            return .bool(try list(call[1], "has").items.contains { DeepEquality.equal($0, needle) })
        }
        + must("compact", [.any]) { .list(try list($0[0], "compact").items.filter { !$0.isEmpty }) }
        + must("slice", [.any], rest: .any) { call in
            guard call[0].kindName == "slice" else {
                throw FunctionFailure("list should be type of slice or array but \(call[0].typeName(dynamic: true))")
            }
            let items = try list(call[0], "slice")
            let start = call.arguments.count > 1 ? Int(Cast.integer(call[1])) : 0
            let end = call.arguments.count > 2 ? Int(Cast.integer(call[2])) : items.items.count
            if items.items.isEmpty { return .missing }
            guard 0 <= start, start <= end, end <= items.items.count else {
                throw FunctionFailure("reflect.Value.Slice: slice index out of bounds")
            }
            return .list(Array(items.items[start..<end]), of: items.element)
        }
        + must("chunk", [.int, .any]) { call in
            let (size, items) = (call.int(0), try list(call[1], "chunk").items)
            if size < 1 {
                // Go makes a slice of so many chunks, whatever that is.
                guard size < 0, Int((Double(items.count - 1) / Double(size)).rounded(.down)) == -1 else {
                    throw FunctionFailure("runtime error: makeslice: len out of range")
                }
                return .list([], of: .list)
            }
            return .list(
                stride(from: 0, to: items.count, by: size).map {
                    .list(Array(items[$0..<min($0 + size, items.count)]))
                }, of: .list)
        }

    /// A function that exists with and without `must`.
    private static func must(
        _ name: String, _ parameters: [TemplateFunction.Parameter], rest: TemplateFunction.Parameter? = nil,
        also others: [String] = [], _ body: @escaping TemplateFunction.Body
    ) -> [TemplateFunction] {
        ([name] + others).flatMap { name in
            let plain = function(name, parameters, rest: rest, origin: .own, body)
            return [plain, plain.named("must" + name.prefix(1).uppercased() + name.dropFirst())]
        }
    }

    private static func list(_ value: GoValue, _ name: String) throws -> GoList {
        if case .list(let list) = value.content { return list }
        if case .object(let object) = value.content, let list = object.list { return list }
        let type = value.isNil ? "invalid" : value.kindName
        switch name {
        case "concat": throw FunctionFailure("Cannot concat type \(type) as list")
        case "has": throw FunctionFailure("Cannot find has on type \(type)")
        case "push", "prepend": throw FunctionFailure("Cannot \(name) on type \(type)")
        case "chunk", "compact": throw FunctionFailure("Cannot \(name) \(name == "chunk" ? "" : "on ")type \(type)")
        default: throw FunctionFailure("Cannot find \(name) on type \(type)")
        }
    }

    private static func numbers(
        _ start: Int, _ stop: Int, _ step: Int, _ call: borrowing FunctionCall
    ) throws -> GoValue {
        .list(try integers(start, stop, step, call).map { .int($0) }, of: .int)
    }

    private static func integers(
        _ start: Int, _ stop: Int, _ step: Int, _ call: borrowing FunctionCall
    ) throws -> [Int] {
        if step == 0 || (stop < start) != (step < 0) { return [] }
        let distance = stop.subtractingReportingOverflow(start)
        guard !distance.overflow else { throw FunctionFailure("the list is over the memory limit") }
        try call.run.charge(Int((distance.partialValue.magnitude / step.magnitude) &* 32 & UInt(Int.max)))
        return Array(stride(from: start, to: stop, by: step))
    }

    private static func sequence(_ parameters: [Int], _ call: borrowing FunctionCall) throws -> GoValue {
        if parameters.contains(where: { $0.magnitude > 1 << 62 }) {
            throw FunctionFailure("the list is over the memory limit")
        }
        let numbers: [Int]
        switch parameters.count {
        case 1:
            let end = parameters[0]
            let step = end < 1 ? -1 : 1
            numbers = try integers(1, end + step, step, call)
        case 2:
            let step = parameters[1] < parameters[0] ? -1 : 1
            numbers = try integers(parameters[0], parameters[1] + step, step, call)
        case 3:
            let (start, step, end) = (parameters[0], parameters[1], parameters[2])
            if end < start, step > 0 { return .string("") }
            numbers = try integers(start, end + (end < start ? -1 : 1), step, call)
        default: return .string("")
        }
        return .string(numbers.map(String.init).joined(separator: " "))
    }
}

extension GoList {
    fileprivate var first: GoValue? { items.first }
    fileprivate var last: GoValue? { items.last }
}
