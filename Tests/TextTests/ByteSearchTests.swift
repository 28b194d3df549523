import Testing
import Text

@Suite struct ByteSearchTests {
    /// Texts of few letters, which begin right at many places, against a search that looks everywhere.
    @Test func findsWhatALookAtEachPlaceFinds() {
        var random = Numbers()
        for _ in 0..<4000 {
            let text = random.letters(upTo: 60), part = random.letters(upTo: 6)
            let start = random.number(below: text.count + 2)
            let expected = text.indices.first { $0 >= start && !part.isEmpty && text[$0...].starts(with: part) }
            #expect(ByteSearch.first(part, in: text, from: start)?.lowerBound == expected)
            let last = text.indices.last { !part.isEmpty && text[$0...].starts(with: part) }
            #expect(ByteSearch.last(part, in: text[...])?.lowerBound == last)
            let middle = text.count / 2
            let inSlice = text.indices.first { $0 >= middle && !part.isEmpty && text[$0...].starts(with: part) }
            #expect(ByteSearch.first(part, in: text[middle...])?.lowerBound == inSlice)
        }
    }

    /// A text that begins right everywhere: the search with a table takes over, and finds the same.
    @Test(arguments: [0, 1, 5000]) func findsAtTheEndOfRepetitions(of tail: Int) {
        let part = [UInt8](repeating: 0x61, count: 2000) + [0x62]
        let text = [UInt8](repeating: 0x61, count: 40_000) + [0x62] + [UInt8](repeating: 0x63, count: tail)
        #expect(ByteSearch.first(part, in: text) == 38_000..<40_001)
        #expect(ByteSearch.first(part + [0x64], in: text) == nil)
    }

    private struct Numbers {
        private var state: UInt64 = 42

        mutating func number(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }

        mutating func letters(upTo count: Int) -> [UInt8] {
            (0..<number(below: count + 1)).map { _ in UInt8(0x61 + number(below: 2)) }
        }
    }
}
