import BigInt
import Documents
import GoLibrary

extension Builtins {
    /// Questions about whole collections (OPA policy reference, "Aggregates").
    static let aggregates: [Builtin] = [
        Builtin(
            "count", help: "(collection) How many elements a collection or characters a string has.",
            .union([.string, .anyArray, .anyObject, .anySet]), returns: .number
        ) { call in
            switch call[0].kind {
            case .array, .object, .set: return .int(call[0].count)
            case .string: return .int(UTF8Bytes.count(call[0].utf8))
            default: return call.typeError(0, wantsOneOf: "array, object, set, string")
            }
        },
        Builtin("sum", help: "(collection) All numbers added.", numbersType, returns: .number) { $0.sum() },
        Builtin("product", help: "(collection) All numbers multiplied.", numbersType, returns: .number) { $0.product() },
        // Of equal numbers written differently (`1`, `1.0`) the last one is the answer.
        Builtin("max", help: "(collection) The largest element; undefined for an empty collection.", listType, returns: .any) {
            call in
            guard let list = call.listOperand(0) else { return .undefined }
            return list.elements.reversed().max { ValueOrder.compare($0, $1) < 0 } ?? .undefined
        },
        Builtin("min", help: "(collection) The smallest element; undefined for an empty collection.", listType, returns: .any) {
            call in
            guard let list = call.listOperand(0) else { return .undefined }
            return list.elements.reversed().min { ValueOrder.compare($0, $1) < 0 } ?? .undefined
        },
        Builtin("sort", help: "(collection) The elements in order, as an array.", listType, returns: .anyArray, work: .sorting) {
            call in
            guard let list = call.listOperand(0) else { return .undefined }
            guard call.context.hasRoom(for: list.count * 16) else { return call.exceedsMemory() }
            return withUnsafeTemporaryAllocation(of: Value.self, capacity: list.count) { buffer in
                _ = buffer.initialize(from: list.elements)
                if list.kind == .array { ValueOrder.sort(buffer) }
                return call.arena.array(UnsafeBufferPointer(buffer))
            }
        },
        Builtin(
            "all", help: "(values) Whether every element is true; use every instead.", anyListType, returns: .boolean,
            deprecated: true
        ) { call in
            guard let list = call.listOperand(0, expected: "array, set") else { return .undefined }
            return .bool(list.elements.allSatisfy(\.isTrue))
        },
        Builtin(
            "any", help: "(values) Whether some element is true; use some … in instead.", anyListType, returns: .boolean,
            deprecated: true
        ) { call in
            guard let list = call.listOperand(0, expected: "array, set") else { return .undefined }
            return .bool(list.elements.contains(where: \.isTrue))
        },
    ]

    /// An array or set of anything.
    static let listType = RegoType.union([.anyArray, .anySet])
    private static let anyListType = listType
    private static let numbersType = RegoType.union([.array(of: .number), .set(of: .number)])
}

extension BuiltinCall {
    /// The elements of the first operand, all numbers.
    private mutating func numbers() -> UnsafeBufferPointer<Value>? {
        guard let list = listOperand(0) else { return nil }
        for element in list.elements where !element.isNumber {
            _ = elementError(0, holds: element, wants: "number")
            return nil
        }
        return list.elements
    }

    fileprivate mutating func sum() -> Value {
        guard let numbers = numbers() else { return .undefined }
        var small: Int64 = 0
        let isSmall = numbers.allSatisfy { number in
            guard let next = number.intValue else { return false }
            let (sum, overflow) = small.addingReportingOverflow(next)
            small = sum
            return !overflow
        }
        if isSmall { return .int(small) }
        if let exact = exact(numbers, from: 0, +) { return Numbers.value(exact, arena) }
        do throws(NumberFault) {
            var sum = ExtendedFloat.zero
            for number in numbers where context.spend(4) { sum = .sum(sum, try Numbers.float(number)) }
            return Numbers.value(sum, arena)
        } catch {
            return fail(error.message)
        }
    }

    /// Products that are not integers have the 53 bits of a double, as in OPA.
    fileprivate mutating func product() -> Value {
        guard let numbers = numbers() else { return .undefined }
        if let exact = exact(numbers, from: 1, *) { return Numbers.value(exact, arena) }
        do throws(NumberFault) {
            var product = ExtendedFloat(1)
            for number in numbers where context.spend(4) { product = .product(product, try Numbers.float(number), precision: 53) }
            return Numbers.value(product, arena, precision: 53)
        } catch {
            return fail(error.message)
        }
    }

    private func exact(
        _ numbers: UnsafeBufferPointer<Value>, from start: BigInt, _ combine: (BigInt, BigInt) -> BigInt
    ) -> BigInt? {
        var result = start
        for number in numbers {
            guard let next = Numbers.integer(number), result.bitWidth < Numbers.maximumBits else { return nil }
            guard context.spend(4 &+ result.bitWidth >> 9) else { return nil }
            result = combine(result, next)
        }
        return result
    }
}
