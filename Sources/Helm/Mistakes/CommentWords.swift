import Text

/// The names and paths that the comments of a values file hold, each by its hash, found in time that grows with the comments
/// however many are asked for.
struct CommentWords {
    /// Longer ones are known by their beginning.
    private static let longest = 128

    private var hashes: Set<UInt64> = []

    init(_ bytes: [UInt8]) {
        var start = 0
        while let mark = bytes[start...].firstIndex(of: UInt8(ascii: "#")) {
            let end = bytes[mark...].firstIndex(of: 0x0A) ?? bytes.count
            add(bytes[mark..<end])
            start = end
        }
    }

    /// Whether a name with the colon behind it, or a path with dots, is in a comment.
    func contains(_ text: String) -> Bool {
        var hash = FNVHash()
        hash.add(text.utf8.prefix(Self.longest))
        return hashes.contains(hash.value)
    }

    private mutating func add(_ comment: ArraySlice<UInt8>) {
        var position = comment.startIndex
        while let start = comment[position...].firstIndex(where: Self.isPart) {
            let end = comment[start...].firstIndex { !Self.isPart($0) } ?? comment.endIndex
            // A path may begin inside of another one.
            for first in start..<end where first == start || !ReferenceSearch.isName(comment[first - 1]) {
                add(comment[first..<end], isKey: end < comment.endIndex && comment[end] == UInt8(ascii: ":"))
            }
            position = end
        }
    }

    /// Adds a path and its beginnings up to where a name ends.
    private mutating func add(_ path: ArraySlice<UInt8>, isKey: Bool) {
        var hash = FNVHash()
        for byte in path.prefix(Self.longest) {
            if !ReferenceSearch.isName(byte) { hashes.insert(hash.value) }
            hash.add(byte: byte)
        }
        hashes.insert(hash.value)
        guard isKey, path.count < Self.longest else { return }
        hash.add(byte: UInt8(ascii: ":"))
        hashes.insert(hash.value)
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        ReferenceSearch.isName(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
    }
}
