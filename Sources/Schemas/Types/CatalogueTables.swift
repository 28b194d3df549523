/// Where the tables of a catalogue are.
struct CatalogueTables: Sendable {
    var releases: [Release] = []
    private(set) var stringCount = 0
    private(set) var typeCount = 0
    private(set) var definitionCount = 0
    private(set) var kindCount = 0
    private var stringEnds = 0
    private var stringBytes = 0
    private var typeStarts = 0
    private var definitionStarts = 0
    private var kindStarts = 0

    init() {}

    /// Nil when the bytes are not a catalogue.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 24, bytes.starts(with: CatalogueFormat.mark) else { return nil }
        let reader = CatalogueBytes(bytes)
        let releaseCount = reader.word(at: 4)
        stringCount = reader.word(at: 8)
        typeCount = reader.word(at: 12)
        definitionCount = reader.word(at: 16)
        kindCount = reader.word(at: 20)
        guard releaseCount <= 62, stringCount <= bytes.count, typeCount <= bytes.count,
            definitionCount <= bytes.count, kindCount <= bytes.count
        else { return nil }
        for index in 0..<releaseCount {
            let word = reader.word(at: 24 + 4 * index)
            releases.append(Release(major: word & 0xFFFF, minor: word >> 16))
        }
        stringEnds = 24 + 4 * releaseCount
        stringBytes = stringEnds + 4 * stringCount
        typeStarts = stringBytes + (stringCount == 0 ? 0 : reader.word(at: stringBytes - 4))
        definitionStarts = typeStarts + 4 * typeCount
        kindStarts = definitionStarts + 4 * definitionCount
        guard kindStarts + 4 * kindCount <= bytes.count else { return nil }
    }

    /// The bytes of a string; empty for a number that does not exist.
    func text(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard number >= 0, number < stringCount else { return UnsafeBufferPointer(start: nil, count: 0) }
        let reader = CatalogueBytes(bytes)
        let start = stringBytes + (number == 0 ? 0 : reader.word(at: stringEnds + 4 * (number - 1)))
        let end = stringBytes + reader.word(at: stringEnds + 4 * number)
        guard start <= end, end <= bytes.count else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    func type(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> CatalogueBytes? {
        record(number, of: typeCount, typeStarts, bytes)
    }

    func definition(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> CatalogueBytes? {
        record(number, of: definitionCount, definitionStarts, bytes)
    }

    func kind(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> CatalogueBytes? {
        record(number, of: kindCount, kindStarts, bytes)
    }

    private func record(
        _ number: Int, of count: Int, _ starts: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> CatalogueBytes? {
        guard number >= 0, number < count else { return nil }
        return CatalogueBytes(bytes, at: CatalogueBytes(bytes).word(at: starts + 4 * number))
    }

    /// The numbers of the kinds of a name; the records are sorted by it.
    func kinds(named name: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        var low = 0
        var high = kindCount
        while low < high {
            let middle = (low + high) / 2
            if kindName(middle, bytes).lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
        }
        var found: [Int] = []
        while low < kindCount, kindName(low, bytes).elementsEqual(name) {
            found.append(low)
            low += 1
        }
        return found
    }

    private func kindName(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard var reader = kind(number, bytes) else { return UnsafeBufferPointer(start: nil, count: 0) }
        return text(reader.number(), bytes)
    }
}
