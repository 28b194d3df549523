import Documents
import RegoCrypto
import RegoRuntime
import Testing

/// Calls every builtin with operands of all kinds and odd contents: each call must end, with a result or a failure, and
/// within its memory.
@Suite struct BuiltinNoiseTests {
    static let table = BuiltinTable(Builtins.standard + RegoCrypto.builtins)

    @Test(arguments: table.builtins.map(\.name)) func survives(name: String) throws {
        let builtin = try #require(Self.table[name])
        var random = SeededRandom(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        for _ in 0..<40 {
            let context = EvaluationContext()
            context.memoryLimit = 8 << 20
            let operands = builtin.arguments.map { random.value(of: $0, in: context.arena) }
            operands.withUnsafeBufferPointer { buffer in
                var call = BuiltinCall(operands: buffer, context: context)
                let result = builtin.call(&call)
                #expect(call.failure == nil || result.isUndefined, "\(name) has a result and a failure")
                #expect(call.failure?.message.isEmpty != true, "\(name) fails without a message")
            }
            #expect(context.arena.used < 64 << 20, "\(name) used \(context.arena.used) bytes")
        }
    }
}

extension SeededRandom {
    /// A value of a type, or at times of another.
    mutating func value(of type: RegoType, in arena: Arena, depth: Int = 0) -> Value {
        if depth >= 4 { return .int(Int64(depth)) }
        if once(in: 5) { return anyValue(in: arena, depth: depth) }
        switch type {
        case .null: return .null
        case .boolean: return .bool(Bool.random(using: &self))
        case .number: return NumberText.value(pick(OddScalars.numbers), in: arena)
        case .string: return arena.string(pick(OddScalars.texts))
        case .array(let known, let rest):
            var elements = known.map { value(of: $0, in: arena, depth: depth + 1) }
            if let rest { elements += (0..<below(4)).map { _ in value(of: rest, in: arena, depth: depth + 1) } }
            return arena.array(elements)
        case .set(let element): return arena.set((0..<below(4)).map { _ in value(of: element, in: arena, depth: depth + 1) })
        case .object(let known, let rest): return object(known, rest, in: arena, depth: depth)
        case .union(let options) where !options.isEmpty: return value(of: pick(options), in: arena, depth: depth)
        case .any, .union: return anyValue(in: arena, depth: depth)
        }
    }

    private mutating func object(
        _ known: [RegoType.Property], _ rest: RegoType.DynamicProperty?, in arena: Arena, depth: Int
    ) -> Value {
        var entries = known.map {
            ObjectEntry(key: arena.string($0.key), value: value(of: $0.type, in: arena, depth: depth + 1))
        }
        for _ in 0..<below(4) {
            guard let rest else { break }
            let key = value(of: rest.key, in: arena, depth: depth + 1)
            entries.append(ObjectEntry(key: key, value: value(of: rest.value, in: arena, depth: depth + 1)))
        }
        return arena.object(entries)
    }

    private mutating func anyValue(in arena: Arena, depth: Int) -> Value {
        let scalars: [RegoType] = [.null, .boolean, .number, .string]
        let nested: [RegoType] = [.anyArray, .anySet, .anyObject]
        return value(of: pick(depth < 3 ? scalars + nested : scalars), in: arena, depth: depth + 1)
    }
}
