import Documents
import Testing

@Suite struct ValueTests {
    let document = Document { _ in .null }
    var arena: Arena { document.arena }

    @Test func numbersCompareByValue() {
        #expect(NumberText.value("1.0", in: arena) == .int(1))
        #expect(NumberText.value("1e3", in: arena) == .int(1000))
        #expect(NumberText.value("1e3", in: arena).hash32 == Value.int(1000).hash32)
        #expect(NumberText.value("0.10", in: arena) == NumberText.value("0.1", in: arena))
        #expect(NumberText.value("9223372036854775808", in: arena) != .int(Int64.max))
        #expect(ValueOrder.compare(NumberText.value("-0.5", in: arena), .int(0)) < 0)
        #expect(
            ValueOrder.compare(
                NumberText.value("18446744073709551617", in: arena),
                NumberText.value("18446744073709551616", in: arena)) > 0)
    }

    @Test func stringsCompareByBytes() {
        #expect(arena.string("é") != arena.string("e\u{301}"))
        #expect(arena.string("containers") == arena.string("containers"))
        #expect(ValueOrder.compare(arena.string("a"), arena.string("ab")) < 0)
    }

    @Test(arguments: [0, 1, 12, 13, 500]) func lookups(count: Int) {
        let object = arena.object(
            (0..<count).map { ObjectEntry(key: arena.string("key\($0)"), value: .int(Int64($0))) })
        let set = arena.set((0..<count).map { .int(Int64($0)) })
        for index in 0..<count {
            #expect(object.member(arena.string("key\(index)")) == .int(Int64(index)))
            #expect(set.member(.int(Int64(index))) == .int(Int64(index)))
        }
        #expect(object.member(arena.string("no")).isUndefined)
        #expect(set.member(.int(Int64(count))).isUndefined)
        #expect(zip(object.keys, object.keys.dropFirst()).allSatisfy { ValueOrder.compare($0, $1) < 0 })
    }

    @Test func typesAreOrdered() {
        let values: [Value] = [
            .null, .false, .true, .int(-1), .int(2), arena.string(""), arena.array([]), arena.object([ObjectEntry]()),
            arena.set([Value]()),
        ]
        for (left, right) in zip(values, values.dropFirst()) { #expect(ValueOrder.compare(left, right) < 0) }
    }

    @Test(arguments: ["spec.containers[0].image", "metadata.labels[\"a.b/c\"]", "[2].x"])
    func fieldPathsRoundTrip(text: String) {
        #expect(DocumentPath(parsing: text)?.fieldPath == text)
    }
}

@Suite struct MemberLookupTests {
    /// Members are found whatever their number, their length and their place.
    @Test func findsEveryMember() {
        let document = Document { arena in
            arena.array(
                (1...40).map { count in
                    arena.object(
                        (0..<count).map { number in
                            let name = String(repeating: "k", count: number % 40) + String(number)
                            return ObjectEntry(key: arena.string(name), value: .int(Int64(number)))
                        })
                })
        }
        for (index, object) in document.root.elements.enumerated() {
            for number in 0..<40 {
                let name = String(repeating: "k", count: number % 40) + String(number)
                let wanted = Document { $0.string(name) }
                let found = object.member(wanted.root)
                #expect(number <= index ? found.intValue == Int64(number) : found.isUndefined)
            }
        }
    }
}
