/// Two words as the key of a table.
///
/// The first table with keys of a type makes the runtime look through the conformances of the whole program, which takes longer
/// than to compile a rule: tables of the compiler share this type.
struct WordPair: Hashable {
    private let words: (UInt64, UInt64)

    init(_ words: (UInt64, UInt64)) { self.words = words }

    static func == (left: WordPair, right: WordPair) -> Bool { left.words == right.words }

    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}
