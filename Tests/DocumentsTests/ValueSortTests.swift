import Documents
import Testing

/// Sorting of many values against comparing each with each.
@Suite struct ValueSortTests {
    /// Values that begin alike, nest, repeat and are of several kinds.
    private struct Values {
        var state: UInt64
        let arena: Arena

        mutating func number(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }

        mutating func text() -> Value {
            let beginnings = ["", "a", "registry.example.com/team/", "registry.example.com/", "a\u{0}", "\u{0}", "é"]
            return arena.string(beginnings[number(7)] + ["", "app", "\u{0}", "app:v1", "z"][number(5)] + "\(number(9))")
        }

        mutating func value(_ kind: Int, depth: Int) -> Value {
            func part(_ values: inout Values) -> Value { values.value(depth > 2 ? 0 : values.number(7), depth: depth + 1) }
            switch kind {
            case 0, 1: return text()
            case 2: return NumberText.value(["1", "1.0", "-2", "1e3", "1000", "0.5"][number(6)], in: arena)
            case 3: return arena.array((0..<number(4)).map { _ in part(&self) })
            case 4: return arena.set((0..<number(4)).map { _ in part(&self) })
            case 5:
                let names = ["name", "image", "ports", "args"].prefix(2 + number(3))
                return arena.object(
                    names.map { ObjectEntry(key: arena.string($0), value: part(&self)) })
            default: return [.null, .true, .false, .int(number(5))][number(4)]
            }
        }

        mutating func list(_ count: Int) -> [Value] {
            let kinds = number(3) == 0 ? (0..<7).map { $0 } : [number(7)]
            return (0..<count).map { _ in value(kinds[number(kinds.count)], depth: 0) }
        }
    }

    @Test(arguments: 0..<60) func ordersAsComparingDoes(seed: Int) {
        let document = Document { _ in .null }
        withExtendedLifetime(document) {
            var values = Values(state: UInt64(seed), arena: document.arena)
            for count in [2, 8, 9, 24, 25, 60, 300] {
                let list = values.list(count)
                var expected = list
                for index in expected.indices.dropFirst() {
                    var place = index
                    while place > 0, ValueOrder.compare(expected[place - 1], expected[place]) > 0 {
                        expected.swapAt(place - 1, place)
                        place -= 1
                    }
                }
                var sorted = list
                sorted.withUnsafeMutableBufferPointer { _ = ValueOrder.sort($0) }
                #expect(sorted.elementsEqual(expected) { $0.isIdentical(to: $1) })
                let different = expected.indices.filter { $0 == 0 || expected[$0] != expected[$0 - 1] }.map { expected[$0] }
                #expect(document.arena.set(list).elements.elementsEqual(different) { $0.isIdentical(to: $1) })
                let object = document.arena.object(
                    list.enumerated().map { ObjectEntry(key: $1, value: .int($0)) })
                #expect(object.keys.elementsEqual(different) { $0.isIdentical(to: $1) })
                for (index, value) in list.enumerated() where list.lastIndex(of: value) == index {
                    #expect(object.member(value) == .int(index))
                }
            }
        }
    }
}
