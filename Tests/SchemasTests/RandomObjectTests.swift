import Documents
import Schemas
import Testing

/// Objects made at random from the shapes of all kinds, sound and unsound values mixed: no crash, no trap, and findings
/// in bounds.
struct RandomObjectTests {
    /// A generator that gives the same numbers each time.
    struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private static let texts = [
        "", "a", "web-1", "Web_1", "10.0.0.1", "::1", "10.0.0.0/8", "/", "/a/../b", "8080", "250m", "1.5Gi", "64MB",
        "yes", "*",
        "*/5 * * * *", "IfNotPresent", "TCP", "In", "Exists", "100%", "25%", "é", "a/b/c", "-", "..",
        "2026-01-31T08:00:00Z",
    ]

    private func value(_ shape: Shape, _ dice: inout Dice, _ arena: Arena, depth: Int) -> Value {
        if depth > 12 || Int.random(in: 0..<12, using: &dice) == 0 { return odd(&dice, arena) }
        switch shape.form {
        case .string, .bytes, .time, .microTime, .quantity, .any:
            return arena.string(Self.texts.randomElement(using: &dice) ?? "")
        case .boolean: return .bool(Bool.random(using: &dice))
        case .int32, .int64, .number, .intOrString:
            return .int([0, 1, -1, 80, 65536, 1 << 40, Int64.max, Int64.min].randomElement(using: &dice) ?? 0)
        case .array:
            guard let element = shape.element else { return .null }
            return arena.array(
                (0..<Int.random(in: 0...2, using: &dice)).map { _ in value(element, &dice, arena, depth: depth + 1) })
        case .map:
            guard let element = shape.element else { return .null }
            return arena.object(
                (0..<Int.random(in: 0...2, using: &dice)).map { _ in
                    ObjectEntry(
                        key: arena.string(Self.texts.randomElement(using: &dice) ?? ""),
                        value: value(element, &dice, arena, depth: depth + 1))
                })
        case .object:
            var entries: [ObjectEntry] = []
            for field in shape.fields where Int.random(in: 0..<(depth < 4 ? 2 : 4), using: &dice) == 0 {
                entries.append(
                    ObjectEntry(
                        key: arena.string(field.name), value: value(field.shape, &dice, arena, depth: depth + 1)))
            }
            return arena.object(entries)
        }
    }

    private func odd(_ dice: inout Dice, _ arena: Arena) -> Value {
        switch Int.random(in: 0..<6, using: &dice) {
        case 0: .null
        case 1: .true
        case 2: .int(Int64.min)
        case 3: arena.array([.null, .int(1), arena.string("x")])
        case 4: arena.object(["x": arena.string("y")])
        default: NumberText.value("1e400", in: arena)
        }
    }

    private func object(_ kind: KindEntry, _ shape: Shape, seed: UInt64) -> Document {
        Document { arena in
            var dice = Dice(state: seed)
            var entries: [ObjectEntry] = []
            for field in shape.fields where field.name != "apiVersion" && field.name != "kind" {
                entries.append(
                    ObjectEntry(key: arena.string(field.name), value: value(field.shape, &dice, arena, depth: 1)))
            }
            entries.append(ObjectEntry(key: arena.string("apiVersion"), value: arena.string(kind.apiVersion)))
            entries.append(ObjectEntry(key: arena.string("kind"), value: arena.string(kind.kind)))
            return arena.object(entries)
        }
    }

    @Test func checksAndChangesOfAnything() throws {
        let catalogue = TypeCatalogue.builtin
        let check = ObjectCheck()
        var count = 0
        for kind in catalogue.allKinds where kind.exists(in: catalogue.newest) {
            let shape = try #require(catalogue.shape(of: kind, in: catalogue.newest))
            for seed in 1...12 {
                let (old, new) = (
                    object(kind, shape, seed: UInt64(seed) &* 7919), object(kind, shape, seed: UInt64(seed) &* 104_729)
                )
                guard case .checked(let faults) = check.check(new) else {
                    Issue.record("\(kind.kind) is unknown")
                    continue
                }
                #expect(faults.count <= 100)
                _ = check.changes(from: old, to: new)
                #expect(check.changes(from: new, to: new).isEmpty, "\(kind.kind) differs from itself")
                count += 1
            }
        }
        #expect(count > 2000)
    }
}
